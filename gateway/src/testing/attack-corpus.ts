/** What a service may see of a request that got through: this call, with this body, and no header the gateway did not write itself. */
interface Forwarded {
  readonly url: string
  readonly body: string
}

interface Attack {
  readonly name: string
  /** The bytes on the wire (latin1). */
  readonly bytes: string
  /** `refused` with this status before any service saw anything, or forwarded exactly so. */
  readonly ends: { readonly refused: number; readonly code?: string } | { readonly forwarded: Forwarded }
}

const tea = { forwarded: { url: '/rpc/teas.v1/getTea', body: '{"teaId":"assam"}' } }
const review = { forwarded: { url: '/rpc/teas.v1/reviewTea', body: '{"words":"fine"}' } }
const badTarget = { refused: 400, code: 'bad_target' }
const ambiguous = { refused: 400, code: 'ambiguous_request' }
/** Node's own parser refuses these. */
const unparsable = { refused: 400, code: 'bad_request' }

const json = '{"words":"fine"}'
const chunkedJson = '10\r\n{"words":"fine"}\r\n0\r\n\r\n'
const hidden = 'GET /v1/teas/smuggled HTTP/1.1\r\nHost: shop\r\n\r\n'

function get(target: string, ...headers: readonly string[]): string {
  return [`GET ${target} HTTP/1.1`, 'Host: shop', ...headers, '', ''].join('\r\n')
}

function post(body: string, ...headers: readonly string[]): string {
  return ['POST /v1/reviews HTTP/1.1', 'Host: shop', 'Content-Type: application/json', ...headers, '', body].join('\r\n')
}

const targets: readonly Attack[] = [
  { name: 'an ordinary target, for comparison', bytes: get('/v1/teas/assam'), ends: tea },
  { name: 'escaped plain letters', bytes: get('/v1/%74eas/%61ssam'), ends: tea },
  { name: 'an absolute form naming another host', bytes: get('http://elsewhere/v1/teas/assam'), ends: badTarget },
  { name: 'an authority form', bytes: get('elsewhere:80'), ends: unparsable },
  { name: 'a doubled slash before a host', bytes: get('//evil/v1/teas/assam'), ends: badTarget },
  { name: 'dot segments', bytes: get('/v1/x/../teas/assam'), ends: badTarget },
  { name: 'encoded dot segments and slash', bytes: get('/v1/x/%2e%2e%2fteas/assam'), ends: badTarget },
  { name: 'encoded dot segments', bytes: get('/v1/x/%2E%2e/teas/assam'), ends: badTarget },
  { name: 'double-encoded dot segments', bytes: get('/v1/x/%252e%252e/teas/assam'), ends: badTarget },
  { name: 'backslashes', bytes: get('/v1\\teas\\assam'), ends: badTarget },
  { name: 'an encoded backslash', bytes: get('/v1/teas/..%5cassam'), ends: badTarget },
  { name: 'a fragment', bytes: get('/v1/teas/assam#/admin'), ends: badTarget },
  { name: 'a zero byte', bytes: get('/v1/teas/assam%00'), ends: badTarget },
  { name: 'an encoded line break', bytes: get('/v1/teas/assam%0d%0aX:1'), ends: badTarget },
  { name: 'a bad escape in the path', bytes: get('/v1/teas/%zz'), ends: badTarget },
  { name: 'a bad escape in the query', bytes: get('/v1/teas?search=%zz'), ends: badTarget },
  { name: 'overlong UTF-8', bytes: get('/v1/teas/%c0%ae'), ends: badTarget },
  { name: 'a trailing slash', bytes: get('/v1/teas/assam/'), ends: badTarget },
  { name: 'a path parameter of matrix form', bytes: get('/v1/teas;x=1/assam'), ends: { refused: 404, code: 'not_found' } },
  { name: 'capital letters', bytes: get('/V1/TEAS/assam'), ends: { refused: 404, code: 'not_found' } },
  { name: 'a raw high byte', bytes: get('/v1/teas/ass\u00e4m'), ends: unparsable },
  { name: 'a target of 9 KB', bytes: get(`/v1/teas/${'a'.repeat(9_000)}`), ends: badTarget },
  { name: 'a proxy connection', bytes: 'CONNECT shop:80 HTTP/1.1\r\nHost: shop\r\n\r\n', ends: { refused: 0 } },
]

const headers: readonly Attack[] = [
  { name: 'two Host lines', bytes: get('/v1/teas/assam', 'Host: evil'), ends: ambiguous },
  { name: 'no Host line', bytes: 'GET /v1/teas/assam HTTP/1.1\r\n\r\n', ends: unparsable },
  { name: 'two Authorization lines', bytes: get('/v1/cups/mine', 'Authorization: Bearer a', 'Authorization: Bearer b'), ends: ambiguous },
  {
    name: 'two Idempotency-Key lines',
    bytes: post(json, 'Idempotency-Key: a', 'Idempotency-Key: b', 'Content-Length: 16'),
    ends: ambiguous,
  },
  { name: 'an underscore for a hyphen', bytes: get('/v1/teas/assam', 'X_User_Id: ada'), ends: ambiguous },
  { name: 'a spoofed X-User-Id', bytes: get('/v1/teas/assam', 'X-User-Id: ada', 'X-User: ada', 'X-Roles: keeper'), ends: tea },
  {
    name: 'spoofed internal headers',
    bytes: get('/v1/teas/assam', 'X-Internal-Token: x', 'X-Deadline-Ms: 1', 'Forwarded: for=1.2.3.4'),
    ends: tea,
  },
  { name: 'an Authorization on an open operation', bytes: get('/v1/teas/assam', 'Authorization: Bearer stolen'), ends: tea },
  { name: 'Connection naming a header of somebody', bytes: get('/v1/teas/assam', 'X-User: ada', 'Connection: close, x-user'), ends: tea },
  { name: 'Connection naming a header of ours', bytes: get('/v1/teas/assam', 'Connection: close, Authorization'), ends: ambiguous },
  { name: 'Connection naming Content-Length', bytes: post(json, 'Connection: content-length', 'Content-Length: 16'), ends: ambiguous },
  {
    name: 'a wish to upgrade',
    bytes: get('/v1/teas/assam', 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMA'),
    ends: tea,
  },
  { name: 'a garbled traceparent', bytes: get('/v1/teas/assam', 'traceparent: 00-<script>-zz-01'), ends: tea },
  { name: 'a garbled request id', bytes: get('/v1/teas/assam', 'X-Request-Id: a b\u00e4"}'), ends: tea },
  { name: 'a folded header line', bytes: get('/v1/teas/assam', 'X-A: b', ' c'), ends: unparsable },
  { name: 'a space before the colon', bytes: get('/v1/teas/assam', 'X-A : b'), ends: unparsable },
  { name: 'a bare line feed in the head', bytes: get('/v1/teas/assam', 'X-A: b\nX-B: c'), ends: unparsable },
  { name: 'a zero byte in a header', bytes: get('/v1/teas/assam', 'X-A: b\u0000c'), ends: unparsable },
  {
    name: 'a header of 20 KB',
    bytes: get('/v1/teas/assam', `X-A: ${'a'.repeat(20_000)}`),
    ends: { refused: 431, code: 'headers_too_large' },
  },
  { name: 'two hundred headers', bytes: get('/v1/teas/assam', ...Array.from({ length: 200 }, (_, at) => `X-${at}: 1`)), ends: ambiguous },
  {
    name: 'an odd expectation',
    bytes: post(json, 'Expect: the-unexpected', 'Content-Length: 16'),
    ends: { refused: 417, code: 'bad_request' },
  },
]

const bodies: readonly Attack[] = [
  { name: 'a body by length, for comparison', bytes: post(json, 'Content-Length: 16'), ends: review },
  { name: 'a body in chunks, for comparison', bytes: post(chunkedJson, 'Transfer-Encoding: chunked'), ends: review },
  { name: 'length and chunks', bytes: post(chunkedJson + hidden, 'Content-Length: 4', 'Transfer-Encoding: chunked'), ends: unparsable },
  { name: 'two lengths that differ', bytes: post(json + hidden, 'Content-Length: 16', 'Content-Length: 60'), ends: unparsable },
  { name: 'two equal lengths', bytes: post(json, 'Content-Length: 16', 'Content-Length: 16'), ends: unparsable },
  { name: 'a list of lengths', bytes: post(json, 'Content-Length: 16, 16'), ends: unparsable },
  { name: 'a signed length', bytes: post(json, 'Content-Length: +16'), ends: unparsable },
  { name: 'identity before chunked', bytes: post(chunkedJson, 'Transfer-Encoding: identity, chunked'), ends: ambiguous },
  { name: 'chunked before identity', bytes: post(chunkedJson, 'Transfer-Encoding: chunked, identity'), ends: unparsable },
  { name: 'an encoding nobody knows', bytes: post(chunkedJson, 'Transfer-Encoding: xchunked'), ends: unparsable },
  {
    name: 'chunks on HTTP/1.0',
    bytes: `POST /v1/reviews HTTP/1.0\r\nHost: shop\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunkedJson}${hidden}`,
    ends: ambiguous,
  },
  { name: 'chunk extensions', bytes: post('10;a=b\r\n{"words":"fine"}\r\n0;c\r\n\r\n', 'Transfer-Encoding: chunked'), ends: review },
  { name: 'trailers', bytes: post('10\r\n{"words":"fine"}\r\n0\r\nX-User: ada\r\n\r\n', 'Transfer-Encoding: chunked'), ends: review },
  {
    name: 'a bare line feed in a chunk head',
    bytes: post('10\n{"words":"fine"}\r\n0\r\n\r\n', 'Transfer-Encoding: chunked'),
    ends: unparsable,
  },
  {
    name: 'a chunk length that overflows',
    bytes: post('ffffffffffffffff1\r\n{}\r\n0\r\n\r\n', 'Transfer-Encoding: chunked'),
    ends: unparsable,
  },
  { name: 'a GET with a body', bytes: get('/v1/teas/assam', `Content-Length: ${hidden.length}`) + hidden, ends: ambiguous },
  { name: 'a GET with chunks', bytes: get('/v1/teas/assam', 'Transfer-Encoding: chunked') + chunkedJson, ends: ambiguous },
  {
    name: 'a key reaching for the prototype',
    bytes: post('{"__proto__":{}}', 'Content-Length: 16'),
    ends: { refused: 400, code: 'invalid_json' },
  },
  {
    name: 'JSON nested a thousand deep',
    bytes: post(`{"words":${'['.repeat(500)}${']'.repeat(500)}}`, 'Content-Length: 1010'),
    ends: { refused: 400, code: 'invalid_json' },
  },
  {
    name: 'a compressed body',
    bytes: post(json, 'Content-Encoding: gzip', 'Content-Length: 16'),
    ends: { refused: 415, code: 'unsupported_media_type' },
  },
]

/**
 * Requests two readers could read differently, or that reach for what is not theirs (see the HTTP smuggling literature and this
 * year's proxy advisories), and beside them the ordinary ones they resemble.
 */
const attacks = [...targets, ...headers, ...bodies].map(({ name, bytes, ends }) => ({ name, bytes, ...ends }))

export const toBeRefused = attacks.filter((attack) => 'refused' in attack)
export const toBeForwarded = attacks.filter((attack) => 'forwarded' in attack)
