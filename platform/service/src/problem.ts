import type { Issue } from '@ashlar/contract'
import { http } from '@observability/telemetry'

/** What went wrong, as a caller is told of it. */
export interface ProblemParts {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly issues?: readonly Issue[] | undefined
  /** What a declared error carries, as its contract says. */
  readonly data?: unknown
}

/** A problem document (RFC 9457) with the members every error of the shop has. */
export interface Problem extends ProblemParts {
  readonly type: string
  readonly title: string
  readonly traceId: string
}

/** Writes what went wrong as a problem document. */
export function problemOf({ status, code, detail, issues, data }: ProblemParts, traceId: string): Problem {
  return {
    type: `urn:ashlar:problem:${code}`,
    title: http.STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    traceId,
    ...(issues === undefined ? {} : { issues }),
    ...(data === undefined ? {} : { data }),
  }
}
