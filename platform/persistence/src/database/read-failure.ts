import { DatabaseError } from 'pg'

/** PostgreSQL said no and the connection is still good, as opposed to a connection that is gone. */
export function isRefusal(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && error.severity !== 'FATAL' && error.severity !== 'PANIC' && !error.code?.startsWith('08')
}

/** Another transaction was in the way (40001, 40P01), here or in what caused it: run again, it may well succeed. */
export function isConflict(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof DatabaseError) return cause.code === '40001' || cause.code === '40P01'
  }
  return false
}

/** A prepared statement no longer fits its tables (a migration ran): it has to be prepared afresh. */
export function isStalePlan(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '0A000' && error.routine === 'RevalidateCachedQuery'
}
