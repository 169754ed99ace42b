import type { IncomingMessage, ServerResponse } from 'node:http'

/** Origins that may read answers from a browser; `*` for any. Tokens travel in a header, never in cookies, so no credentials are allowed. */
export type AllowedOrigins = readonly string[]

const allowedHeaders = 'authorization, content-type, idempotency-key, traceparent, tracestate, x-request-id'
const exposedHeaders = 'retry-after, x-request-id, location'

/** Marks an answer as readable by the origin that asked, where that origin is allowed. */
export function allowOrigin(request: IncomingMessage, response: ServerResponse, origins: AllowedOrigins): boolean {
  const { origin } = request.headers
  if (origin === undefined) return false
  const isAny = origins.includes('*')
  if (!isAny) response.setHeader('vary', 'Origin')
  if (!isAny && !origins.includes(origin)) return false
  response.setHeader('access-control-allow-origin', isAny ? '*' : origin)
  response.setHeader('access-control-expose-headers', exposedHeaders)
  return true
}

/** Answers a preflight for a path that these methods are allowed on. */
export function answerPreflight(response: ServerResponse, methods: string): void {
  response
    .writeHead(204, {
      'access-control-allow-methods': methods,
      'access-control-allow-headers': allowedHeaders,
      'access-control-max-age': '600',
    })
    .end()
}
