import { hasKey, type AnyBoundOperation, type PlatformReason } from '@ashlar/contract'

/** Lists failures that a caller at the gateway of this operation should be ready for, whatever its contract declares: HTTP status and code. */
export function platformFailures({ policy, rest }: AnyBoundOperation): (readonly [status: number, code: PlatformReason])[] {
  const hasBody = rest?.method !== 'GET'
  return [
    [400, 'invalid_input'],
    ...(hasBody ? ([[400, 'invalid_json']] as const) : []),
    ...(policy.access === 'open' ? [] : ([[401, 'unauthenticated']] as const)),
    ...(typeof policy.access === 'object' ? ([[403, 'forbidden']] as const) : []),
    ...(hasKey(policy)
      ? ([
          [400, 'idempotency_key_required'],
          [409, 'request_in_flight'],
          [422, 'idempotency_key_reused'],
        ] as const)
      : []),
    ...(hasBody ? ([[413, 'body_too_large']] as const) : []),
    [429, 'too_many_requests'],
    [503, 'unavailable'],
    [504, 'deadline_exceeded'],
  ]
}
