import type { Issue, PlatformReason } from '@ashlar/contract'

interface AnyFault {
  readonly status: number
  readonly detail: string
  readonly issues?: readonly Issue[] | undefined
  /** What a declared error carries, as its contract says. */
  readonly data?: unknown
  /** Seconds after which it is worth trying again. */
  readonly retryAfterSeconds?: number | undefined
  /** Methods that would be answered, for 405. */
  readonly allow?: string
}

/** What the gateway itself decided, for a reason of the platform's closed list. */
interface OwnFault extends AnyFault {
  readonly code: PlatformReason
  readonly saidBy?: never
}

/** What a service answered, under a code its contract declares or the platform knows. */
interface PassedOnFault extends AnyFault {
  readonly code: string
  /** The contract that was asked. */
  readonly saidBy: string
}

/** What went wrong, before it is written as a problem document or a tRPC error. */
export type Fault = OwnFault | PassedOnFault
