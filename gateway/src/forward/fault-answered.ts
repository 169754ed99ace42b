import {
  httpStatusOf,
  platformReasons,
  statusCodes,
  z,
  type AnyBoundOperation,
  type PlatformReason,
  type StatusCode,
} from '@ashlar/contract'
import type { Fault } from '../http/fault.ts'
import { retryAfterSeconds } from './fault-of-call.ts'

const ServiceError = z.object({
  message: z.string(),
  data: z.object({
    code: z.enum(Object.keys(statusCodes) as StatusCode[]),
    reason: z.string(),
    details: z.unknown().optional(),
    issues: z.array(z.object({ path: z.array(z.union([z.string(), z.int()])), message: z.string() })).optional(),
    retryAfterSeconds: z.int().min(0).max(3_600).optional(),
  }),
})

/** Reasons that find fault with how the gateway asked: the caller did nothing wrong, and can do nothing about it. */
const ourFault: readonly PlatformReason[] = [
  'unauthenticated',
  'unknown_operation',
  'method_not_supported',
  'unsupported_media_type',
  'invalid_path',
  'invalid_deadline',
  'no_credentials',
]

/**
 * Says what a caller is told about an error a service answered. Only what the operation's contract declares and the platform's
 * own reasons pass; anything else was not promised to anybody.
 */
export function faultAnswered(operation: AnyBoundOperation, error: unknown): Fault {
  const { contract: saidBy, errors } = operation
  const read = ServiceError.safeParse(error)
  if (!read.success) return { status: 502, code: 'bad_response', detail: `${saidBy} answered something unreadable` }
  const { message: detail, data } = read.data
  const status = httpStatusOf(data.code)
  const declared = Object.hasOwn(errors, data.reason) ? errors[data.reason] : undefined
  if (declared?.status === data.code) return { status, code: data.reason, saidBy, detail, data: data.details }

  const code = platformReasons.find((reason) => reason === data.reason)
  if (code === undefined || ourFault.includes(code))
    return { status: 502, code: 'bad_response', detail: `${saidBy} answered what was not asked for` }
  if (code === 'internal') return { status: 500, code, saidBy, detail: 'something went wrong here; quote the trace id when you report it' }
  return {
    status,
    code,
    saidBy,
    detail,
    issues: data.issues,
    retryAfterSeconds: data.retryAfterSeconds ?? (status === 503 ? retryAfterSeconds : undefined),
  }
}
