import { STATUS_CODES } from 'node:http'
import type { Fault } from './fault.ts'

/** A problem document (RFC 9457) with the members every error of the shop has. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly traceId: string
  readonly issues?: Fault['issues']
  /** What a declared error carries, as its contract says. */
  readonly data?: unknown
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
