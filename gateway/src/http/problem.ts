import { STATUS_CODES } from 'node:http'
import type { Issue } from '@ashlar/contract'

/** A problem document (RFC 9457) with the members every error of the shop has. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly traceId: string
  readonly issues?: readonly Issue[]
  /** What a declared error carries, as its contract says. */
  readonly data?: unknown
}

/** What went wrong, before it is written as a problem document or a tRPC error. */
export interface Fault {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly issues?: readonly Issue[]
  readonly data?: unknown
  /** Seconds after which it is worth trying again. */
  readonly retryAfterSeconds?: number
  /** Methods that would be answered, for 405. */
  readonly allow?: string
}

/** Writes a fault as a problem document. */
export function problemOf({ status, code, detail, issues, data }: Fault, traceId: string): Problem {
  return {
    type: `urn:ashlar:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    traceId,
    ...(issues === undefined ? {} : { issues }),
    ...(data === undefined ? {} : { data }),
  }
}
