/** Texts of the document that describes the wire between services. */
export const rpcAbout = {
  wire: `The wire of tRPC 11, without transformer. An input is the body of a POST, JSON in UTF-8; a query may also be asked by GET
with the input as JSON in the parameter \`input\`. An answer is \`{"result":{"data":…}}\` under 200. An error has the status of its
code and says what it is by \`error.data.reason\`: a code that the operation declares, with its data in \`details\`, or a reason of the
platform's own. Objects may have more fields than this document knows: read over them.`.replaceAll('\n', ' '),
  identity: `A token of at most a minute for this service, signed by another service or by the gateway for a customer
(typ \`ashlar-internal+jwt\`). Every call needs one, also of operations that are open to everybody.`.replaceAll('\n', ' '),
  failure: 'A refusal or an outage; `error.data.reason` says which.',
} as const

/** Headers a call may or must have. Their names are those that every part of the platform reads. */
export const rpcParameters = {
  DeadlineMs: {
    name: 'x-deadline-ms',
    in: 'header',
    required: false,
    description: 'Milliseconds the caller still waits. The service stops then and answers 504 `deadline_exceeded`.',
    schema: { type: 'integer', format: 'int32', minimum: 0, maximum: 999_999_999 },
  },
  IdempotencyKey: {
    name: 'idempotency-key',
    in: 'header',
    required: true,
    description: 'The same key makes a repeat safe: it is answered what the first request was answered. Kept for 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
  RequestId: {
    name: 'x-request-id',
    in: 'header',
    required: false,
    description: 'Names the request of the outside world that all of this is done for; handed on with every call.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,128}$' },
  },
  Traceparent: {
    name: 'traceparent',
    in: 'header',
    required: false,
    description: 'The trace this call belongs to (W3C Trace Context).',
    schema: { type: 'string' },
  },
  Tracestate: {
    name: 'tracestate',
    in: 'header',
    required: false,
    description: 'What tracing systems add to `traceparent`.',
    schema: { type: 'string' },
  },
} as const
