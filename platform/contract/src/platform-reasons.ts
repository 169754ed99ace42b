/**
 * The reasons the platform itself gives when it turns a request away or cannot answer it. The list is closed, and no
 * contract may declare an error of the same name: a caller can tell by the reason alone who is speaking.
 */
export const platformReasons = [
  // The request cannot be read.
  'invalid_json',
  'invalid_path',
  'invalid_deadline',
  'invalid_input',
  'bad_request',
  'bad_target',
  'ambiguous_request',
  'batch_mixed',
  'batch_too_large',
  'headers_too_large',
  'body_too_large',
  'request_timeout',
  'unsupported_media_type',
  'method_not_supported',
  'not_found',
  'unknown_operation',
  // It may not be answered.
  'unauthenticated',
  'forbidden',
  'too_many_requests',
  'idempotency_key_required',
  'idempotency_key_invalid',
  'idempotency_key_reused',
  'request_in_flight',
  // It could not be answered.
  'aborted',
  'deadline_too_short',
  'deadline_exceeded',
  'no_credentials',
  'no_healthy_instance',
  'connection_refused',
  'connection_lost',
  'bad_response',
  'dependency_unavailable',
  'unavailable',
  'overloaded',
  'internal',
] as const

export type PlatformReason = (typeof platformReasons)[number]
