/** How retries spread: `baseMs` for the first, doubled for each further one, never above `capMs`. */
export interface BackoffOptions {
  readonly capMs: number
  readonly baseMs?: number
  readonly random?: () => number
}

/**
 * Says how many milliseconds to wait after `failures` failures in a row (1 or more): anything between nothing and the bound,
 * so that callers who lost the same server do not return to it together. The first three bounds are 250, 500 and 1,000 ms.
 */
export function backoffMs(failures: number, { capMs, baseMs = 250, random = Math.random }: BackoffOptions): number {
  return random() * Math.min(capMs, baseMs * 2 ** (failures - 1))
}
