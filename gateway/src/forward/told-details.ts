import { hasKey, type AnyBoundOperation, type PlatformReason } from '@ashlar/contract'

export const brokeHere = 'something went wrong here: quote the trace id when you report it'

/** Says what to do where nobody knows whether the operation was carried out. */
export function whenUnknown({ kind, policy }: AnyBoundOperation): string {
  if (kind !== 'mutation') return 'it is safe to ask again'
  if (hasKey(policy)) return 'it may have been done or not: repeat it under the same Idempotency-Key, which does it once'
  return 'it may have been done or not: look before you repeat it'
}

const comeBack = 'try again in a moment'

/**
 * Says what is wrong and what to do, where a service turned a request away or could not answer it; `undefined` for a reason that finds
 * fault with how the gateway asked, about which the caller can do nothing.
 */
export function detailTold(reason: PlatformReason, operation: AnyBoundOperation): string | undefined {
  const unknown = whenUnknown(operation)
  const details: Partial<Record<PlatformReason, string>> = {
    invalid_input: 'the input is not valid: issues says for each field what is wrong with it',
    body_too_large: 'the input is larger than this operation accepts: send less',
    forbidden: 'this account may not do this',
    too_many_requests: `too many requests of this kind: ${comeBack}`,
    idempotency_key_required: 'send an Idempotency-Key header: under the same key a repeat does no more',
    idempotency_key_invalid: 'an Idempotency-Key is 1 to 255 visible ASCII characters, without spaces',
    idempotency_key_reused: 'this Idempotency-Key was sent with another request: send this one under a key of its own',
    request_in_flight: 'the first request under this Idempotency-Key is still being answered: repeat it a little later, under the same key',
    aborted: `the request was given up: ${unknown}`,
    deadline_too_short: `there was no time left to answer, and nothing was done: ${comeBack}`,
    deadline_exceeded: `no answer came in time: ${unknown}`,
    dependency_unavailable: `something this needs is away just now: ${unknown}`,
    unavailable: `this is not to be had just now: ${comeBack}`,
    overloaded: `there is too much to do just now: ${comeBack}`,
    internal: brokeHere,
  }
  return details[reason]
}

/** Says a declared error in its own words: `tea_not_found` is "tea not found". */
export function declaredDetail(code: string, data: unknown): string {
  const words = code.replaceAll('_', ' ')
  return data === undefined ? words : `${words}: data says more`
}
