/**
 * The reasons the platform itself gives when it turns a request away or cannot answer it. The list is closed, and no
 * contract may declare an error of the same name: a caller can tell by the reason alone who is speaking.
 */
export const platformReasons = [
  'invalid_json',
  'invalid_input',
  'body_too_large',
  'unsupported_media_type',
  'method_not_supported',
  'not_found_operation',
  'unauthenticated',
  'forbidden',
  'too_many_requests',
  'idempotency_key_required',
  'idempotency_key_invalid',
  'idempotency_key_reused',
  'request_in_flight',
  'aborted',
  'deadline_exceeded',
  'no_healthy_instance',
  'connection_refused',
  'connection_lost',
  'overloaded',
  'internal_error',
] as const

export type PlatformReason = (typeof platformReasons)[number]
