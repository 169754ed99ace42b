// Beyond this, the clock has been set or the machine has slept since the process began.
const toleranceMs = 20

/**
 * Says in milliseconds since 1970, with fractions, when it was `now` by `performance.now()`. Finer than `Date.now()`, which it goes
 * by when the two no longer agree: a sleeping machine stops one of them.
 */
export function wallClockMs(now: number): number {
  const fine = performance.timeOrigin + now
  const coarse = Date.now()
  return Math.abs(fine - coarse) < toleranceMs ? fine : coarse
}
