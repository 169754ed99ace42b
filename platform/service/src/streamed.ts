import type { AnyBoundOperation } from '@ashlar/contract'
import type { StreamedHandler } from './handlers.ts'

/**
 * Answers a subscription from what is kept in the database: everything after the position its caller names, then whatever is added,
 * until it is over. The platform waits, with no connection and no transaction, and reads again when it is woken or after 5 s; so a
 * handler only reads, any instance can answer, and a caller who comes back gets each item once.
 */
export function streamed<Op extends AnyBoundOperation, Needs = unknown>(
  operation: Op,
  make: StreamedHandler<Op, Needs>['make'],
): StreamedHandler<Op, Needs> {
  return { shape: 'streamed', operation, make }
}
