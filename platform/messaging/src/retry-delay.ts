/** How long to wait before a message is tried again; doubles with each attempt. */
export interface RetryCurve {
  readonly baseMs: number
  readonly capMs: number
}

/** 200 ms after the first attempt, then twice as long each time, half a minute at most. */
export const defaultRetryCurve: RetryCurve = { baseMs: 200, capMs: 30_000 }

/** Gives the wait after this attempt (from 1), in milliseconds: half of it certain, half by chance, so that a burst of failures spreads out. */
export function retryDelayMs(attempt: number, { baseMs, capMs }: RetryCurve = defaultRetryCurve): number {
  // Past thirty doublings the cap rules anyway, and the power would leave the integers.
  const whole = Math.min(capMs, baseMs * 2 ** Math.min(Math.max(0, attempt - 1), 30))
  return Math.ceil(whole / 2 + Math.random() * (whole / 2))
}
