/** Gives the value that a share of the values (0 to 1) does not exceed, by nearest rank. Throws `RangeError` for no values. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (found === undefined) throw new RangeError('there is no quantile of no values')
  return found
}

/** Gives the middle value: half the values are no larger. Throws `RangeError` for no values. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5)
}

/**
 * Says how much more one series costs than another that was measured beside it, round for round: the middle of the differences,
 * since whatever else the machine did weighs on both parts of a pair alike.
 */
export function addedTo(reference: readonly number[], values: readonly number[]): number {
  if (reference.length !== values.length) throw new RangeError('only rounds that were run side by side can be compared')
  return median(values.map((value, round) => value - (reference[round] ?? 0)))
}
