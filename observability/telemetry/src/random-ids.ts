import { randomUUID } from 'node:crypto'

// Node draws the randomness of UUIDs for 128 at a time, in each process and thread by itself: many times cheaper than
// asking the system for each id, and no state of ours. Positions that a UUID fixes (version, variant) are left out of span ids.

/** Makes a trace id: 32 hex digits, the last 14 of them wholly random, as sampling by ratio needs. */
export function newTraceId(): string {
  const uuid = randomUUID()
  return uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24)
}

/** Makes a span id: 16 hex digits, all random. */
export function newSpanId(): string {
  const uuid = randomUUID()
  return uuid.slice(0, 8) + uuid.slice(28)
}
