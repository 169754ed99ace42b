/** Header names that carry a call's context, the same on HTTP and on messages. */
export const contextHeaders = {
  requestId: 'x-request-id',
  traceparent: 'traceparent',
  tracestate: 'tracestate',
  /** Remaining time of the caller, in whole milliseconds. */
  deadline: 'x-deadline-ms',
  idempotencyKey: 'idempotency-key',
  authorization: 'authorization',
} as const
