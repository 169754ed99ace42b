import { JetStreamApiError } from '@nats-io/jetstream'
import { NoRespondersError, PermissionViolationError } from '@nats-io/transport-node'
import { BrokerDriftError, BrokerForbiddenError, BrokerUnavailableError } from '../errors.ts'

/** The broker's own numbers for what went wrong, as far as they are acted on. */
export const apiCodes = {
  consumerNotMade: 10012,
  consumerNotFound: 10014,
  noStorageLeft: 10047,
  messageTooLarge: 10054,
  streamInUse: 10058,
  streamNotFound: 10059,
  subjectsOverlap: 10065,
  streamStoreFailed: 10077,
  consumerExists: 10148,
} as const

/** Tells whether the broker answered with one of these numbers. */
export function hasCode(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof JetStreamApiError && codes.includes(error.code)
}

/** Tells whether nobody listens on the subject that was published or asked to. */
export function isNoResponders(error: unknown): boolean {
  if (error instanceof NoRespondersError) return true
  return error instanceof Error && error.cause !== undefined && isNoResponders(error.cause)
}

/** Finds, among an error and its causes, that the broker's permissions forbid what this user asked for. */
export function forbiddenIn(error: unknown, user = 'without a name'): BrokerForbiddenError | undefined {
  if (error instanceof PermissionViolationError) {
    const { operation, subject } = error
    return new BrokerForbiddenError({ operation, subject, user }, { cause: error })
  }
  return error instanceof Error ? forbiddenIn(error.cause, user) : undefined
}

/** Gives what to throw: what was refused on purpose as it is, everything else as an outage. */
export function asOutage(error: unknown, deed: string, user?: string): unknown {
  const isRefusal = error instanceof JetStreamApiError || error instanceof BrokerDriftError || error instanceof BrokerForbiddenError
  if (isRefusal || error instanceof BrokerUnavailableError) return error
  return forbiddenIn(error, user) ?? new BrokerUnavailableError(deed, { cause: error })
}
