import { textOption, UsageError, type Request } from './command.ts'

/** Reads an option that is a whole number within bounds. Throws `UsageError`. */
export function wholeNumber(
  request: Request,
  name: string,
  { least, most, otherwise }: { least: number; most: number; otherwise: number },
): number {
  const text = textOption(request, name)
  if (text === undefined) return otherwise
  const value = /^\d+$/.test(text) ? Number(text) : NaN
  if (value >= least && value <= most) return value
  throw new UsageError(`--${name} takes a whole number from ${least} to ${most}, not "${text}"`)
}
