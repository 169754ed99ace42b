import { httpStatusOf, platformReasons, statusCodes, z, type AnyBoundOperation, type StatusCode } from '@ashlar/contract'
import type { Fault } from '../http/fault.ts'
import { retryAfterSeconds } from './fault-of-call.ts'
import { brokeHere, declaredDetail, detailTold, whenUnknown } from './told-details.ts'

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

/**
 * Says what a caller is told about an error a service answered. Only what the operation's contract declares and the platform's
 * own reasons pass, in words of the gateway's; anything else was not promised to anybody.
 */
export function faultAnswered(operation: AnyBoundOperation, error: unknown): Fault {
  const { contract: saidBy, errors } = operation
  const unpromised: Fault = { status: 502, code: 'bad_response', detail: `${brokeHere}; ${whenUnknown(operation)}` }
  const read = ServiceError.safeParse(error)
  if (!read.success) return unpromised
  const { data } = read.data
  const status = httpStatusOf(data.code)
  const declared = Object.hasOwn(errors, data.reason) ? errors[data.reason] : undefined
  if (declared?.status === data.code)
    return { status, code: data.reason, saidBy, detail: declaredDetail(data.reason, data.details), data: data.details }

  const code = platformReasons.find((reason) => reason === data.reason)
  const detail = code === undefined ? undefined : detailTold(code, operation)
  if (code === undefined || detail === undefined) return unpromised
  return {
    status: code === 'internal' ? 500 : status,
    code,
    saidBy,
    detail,
    issues: data.issues,
    retryAfterSeconds: data.retryAfterSeconds ?? (status === 503 ? retryAfterSeconds : undefined),
  }
}
