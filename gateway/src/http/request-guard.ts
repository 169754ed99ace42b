import type { IncomingMessage } from 'node:http'

/** Headers the gateway acts on: each at most once, and none of them for this hop only. */
const decisive = new Set([
  'host',
  'authorization',
  'content-length',
  'content-type',
  'content-encoding',
  'idempotency-key',
  'last-event-id',
  'transfer-encoding',
  'x-request-id',
  'traceparent',
  'origin',
])
const alsoOurs = ['tracestate', 'x-forwarded-for']
const maxHeaders = 100

/** Tells what makes a request ambiguous to two readers of it, or `undefined` when nothing does. Node's parser refuses the rest (duplicate lengths, obsolete folding, …). */
export function ambiguityOf(request: IncomingMessage): string | undefined {
  return ambiguousHeader(request.rawHeaders) ?? ambiguousConnection(request) ?? ambiguousBody(request)
}

function ambiguousHeader(rawHeaders: readonly string[]): string | undefined {
  if (rawHeaders.length / 2 > maxHeaders) return `more than ${maxHeaders} headers: send fewer`
  const seen = new Set<string>()
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? ''
    if (name.includes('_')) return 'the name of a header holds _, which reads differently elsewhere: write it with -'
    if (decisive.has(name) && seen.has(name)) return `the header ${name} came twice: send it once`
    seen.add(name)
  }
  return undefined
}

/** What `Connection` names is dropped by the next hop: a header we decide by must not be among it. */
function ambiguousConnection({ headers }: IncomingMessage): string | undefined {
  const { connection } = headers
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') return undefined
  const named = connection.split(',').map((name) => name.trim().toLowerCase())
  const ours = named.find((name) => decisive.has(name) || alsoOurs.includes(name))
  return ours === undefined ? undefined : `Connection names ${ours}, which is not for one connection only: leave it out there`
}

function ambiguousBody({ headers, httpVersion, method }: IncomingMessage): string | undefined {
  const encoding = headers['transfer-encoding']
  if (encoding !== undefined && (encoding.toLowerCase() !== 'chunked' || httpVersion !== '1.1'))
    return 'Transfer-Encoding must be exactly chunked, on HTTP/1.1'
  const hasBody = encoding !== undefined || (headers['content-length'] ?? '0') !== '0'
  return hasBody && (method === 'GET' || method === 'HEAD') ? `a ${method} has no body: send none` : undefined
}
