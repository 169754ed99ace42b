import type { IncomingMessage, ServerResponse } from 'node:http'

/** Origins that may read answers from a browser; `*` for any. Tokens travel in a header, never in cookies, so no credentials are allowed. */
export type AllowedOrigins = readonly string[]

const allowedHeaders = 'authorization, content-type, idempotency-key, last-event-id, traceparent, tracestate, x-request-id'
const exposedHeaders = 'deprecation, link, retry-after, sunset, x-request-id'

/** Marks an answer as readable by the origin that asked, where that origin is allowed. */
export function allowOrigin(request: IncomingMessage, response: ServerResponse, origins: AllowedOrigins): boolean {
  if (origins.length === 0) return false
  const isAny = origins.includes('*')
  // also without an Origin: a cache must not hand such an answer to a browser
  if (!isAny) response.setHeader('vary', 'Origin')
  const { origin } = request.headers
  if (origin === undefined || (!isAny && !origins.includes(origin))) return false
  response.setHeader('access-control-allow-origin', isAny ? '*' : origin)
  response.setHeader('access-control-expose-headers', exposedHeaders)
  return true
}

/** Answers OPTIONS for an address that these methods are answered at; a browser learns of them only when its origin `isAllowed`. */
export function answerOptions(response: ServerResponse, { methods, isAllowed }: { methods: string; isAllowed: boolean }): void {
  response.setHeader('allow', methods)
  if (isAllowed) {
    response.setHeader('access-control-allow-methods', methods)
    response.setHeader('access-control-allow-headers', allowedHeaders)
    response.setHeader('access-control-max-age', '600')
  }
  response.writeHead(204).end()
}
