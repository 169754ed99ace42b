import { optionAccepts } from '../schemas/accepts.ts'
import type { Numbers } from '../schemas/options.ts'

/** Gives numbers that fit, the plainest first, and those at the limits of this and of others. */
export function numbersFor(numbers: Numbers, others: readonly Numbers[] = []): number[] {
  const limits = [numbers, ...others].flatMap(({ min, max, multiples }) => [min.at, max.at, ...multiples]).filter(Number.isFinite)
  const near = limits.flatMap((limit) => [limit, limit - 1, limit + 1, limit - 0.5, limit + 0.5, limit * 2, limit * 3])
  const steps = numbers.multiples.map((_step, at, all) => all.slice(0, at + 1).reduce((product, one) => product * one, 1))
  const candidates = [1, 0, 2, -1, 0.5, 1.5, ...near, ...steps, 1e6, -1e6, 2 ** 40, -(2 ** 40), 2 ** 53, 1e300]
  return [...new Set(candidates)].filter((candidate) => optionAccepts(numbers, candidate))
}
