import type { DescribedValue } from './described-value.ts'
import type { Random } from './random.ts'
import type { NumberShape } from './shape.ts'

/** How far from its bound a number made by chance is at most: people read small ones. */
const span = 1_000

/** Makes a number by chance, a small one where the shape leaves room. */
export function anyNumber({ least, most, step }: NumberShape, random: Random): number {
  const from = Math.max(least, Math.min(0, most - span))
  const to = Math.min(most, from + span)
  const grain = step === 0 ? 0.01 : step
  const found = Math.ceil(from / grain) + random.int(0, Math.max(0, Math.floor(to / grain) - Math.ceil(from / grain)))
  return step === 0 ? Math.min(to, Math.max(from, found / 100)) : found * step
}

/** Gives the numbers at the edges of what is allowed. */
export function boundaryNumbers({ least, most, step }: NumberShape): DescribedValue[] {
  const isWhole = step > 0 && Number.isInteger(step)
  const likely: readonly (readonly [about: string, value: number])[] = [
    ['the least', least],
    ['the most', most],
    ['nothing', 0],
    ['one', 1],
    ['minus one', -1],
    ['beyond 32 bits', 2_147_483_648],
    ...(isWhole ? [] : ([['a small fraction', 1e-7] as const, ['beyond whole numbers', 1e21] as const] as const)),
  ]
  const fitting = likely.filter(
    ([, value]) => Number.isFinite(value) && value >= least && value <= most && (step === 0 || Number.isInteger(value / step)),
  )
  return fitting
    .filter(([, value], at) => fitting.findIndex(([, other]) => other === value) === at)
    .map(([about, value]) => ({ about, value }))
}

/** Makes numbers just beyond what is allowed. */
export function invalidNumbers({ least, most, step }: NumberShape): DescribedValue[] {
  const grain = step === 0 ? 1 : step
  const [below, above] = [least - grain, most + grain]
  return [
    ...(Number.isFinite(below) ? [{ about: 'below the least', value: below }] : []),
    ...(Number.isFinite(above) ? [{ about: 'above the most', value: above }] : []),
    ...(step > 0 ? [{ about: 'between two steps', value: (Number.isFinite(least) ? least : 0) + step / 2 }] : []),
  ]
}
