import type { IncomingMessage } from 'node:http'

const singletons = new Set([
  'host',
  'authorization',
  'content-length',
  'content-type',
  'idempotency-key',
  'transfer-encoding',
  'x-request-id',
  'traceparent',
])
const maxHeaders = 100

/** Tells what makes a request ambiguous to two readers of it, or `undefined` when nothing does. Node's parser refuses the rest (duplicate lengths, obsolete folding, …). */
export function ambiguityOf(request: IncomingMessage): string | undefined {
  const { rawHeaders } = request
  if (rawHeaders.length / 2 > maxHeaders) return `more than ${maxHeaders} headers`
  const seen = new Set<string>()
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? ''
    if (name.includes('_')) return `header ${name}: names with _ read differently elsewhere`
    if (singletons.has(name) && seen.has(name)) return `header ${name} appears twice`
    seen.add(name)
  }
  const encoding = request.headers['transfer-encoding']
  if (encoding !== undefined && (encoding !== 'chunked' || request.httpVersion !== '1.1'))
    return 'transfer-encoding must be exactly chunked, on HTTP/1.1'
  return undefined
}
