/**
 * Keys of the platform's advisory locks, as PostgreSQL's pair of integers; a lock belongs to one database. Idempotency
 * keys use the other form, one 64-bit integer, so the two never meet.
 */
const platform = 1_095_977_032
export const advisoryLocks = {
  migrations: [platform, 1],
  relay: [platform, 2],
} as const satisfies Record<string, readonly [number, number]>
