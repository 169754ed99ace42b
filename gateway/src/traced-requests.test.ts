import { createTelemetry } from '@observability/telemetry'
import { expectTrace, recordSpans, type RecordedSpans } from '@observability/telemetry/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { ask } from './testing/ask.ts'
import { openGround, type Ground } from './testing/ground.ts'
import { keepTeas } from './testing/tea-house.ts'

let ground: Ground
let recorded: RecordedSpans
beforeAll(async () => {
  ground = await openGround({
    teas: { ...keepTeas(), telemetry: createTelemetry('teas') },
    environment: { GATEWAY_RATE_LIMITS: '{"reviews":{"limit":1,"windowSeconds":60}}' },
  })
  // the first token it sees makes it fetch keys, within that request
  await ask(ground.url, '/v1/cups/mine', { token: await ground.tokenFor('ada') })
})
afterAll(() => ground[Symbol.asyncDispose]())
beforeEach(() => {
  recorded = recordSpans()
})
afterEach(() => recorded.close())

/** Asks the gateway, and waits until all it led to has ended. */
async function traced(...[path, asked]: [string, Parameters<typeof ask>[2]?]) {
  const answer = await ask(ground.url, path, asked)
  await expect.poll(() => recorded.spans.some(({ service, kind }) => service === 'gateway' && kind === 'server')).toBe(true)
  await expect.poll(() => recorded.open).toEqual([])
  return answer
}

const brew = (token: string, cups: number) => ({
  method: 'POST' as const,
  token,
  headers: { 'idempotency-key': `k-${cups}` },
  body: { cups },
})

it('shows a request from the door to the service that answers it, one span for each hop', async () => {
  await traced('/v1/teas/assam/brews', brew(await ground.tokenFor('ada'), 2))
  const rpc = { name: 'teas.v1/brewTea', error: null, attributes: { 'rpc.response.status_code': 'OK' } }
  expectTrace(recorded.spans)
    .hasNoOrphans()
    .is({
      name: 'POST /v1/teas/{teaId}/brews',
      service: 'gateway',
      kind: 'server',
      error: null,
      attributes: { 'http.request.method': 'POST', 'http.route': '/v1/teas/{teaId}/brews', 'http.response.status_code': 202 },
      children: [{ ...rpc, service: 'gateway', kind: 'client', children: [{ ...rpc, service: 'teas', kind: 'server' }] }],
    })
  const request = ground.logged().findLast(({ event }) => event === 'request')
  const [door] = recorded.spans.filter(({ parentSpanId }) => parentSpanId === undefined)
  expect(request).toMatchObject({ trace_id: door?.traceId, span_id: door?.spanId })
})

it('follows on from the trace of its caller', async () => {
  const [traceId, spanId] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7']
  await traced('/v1/teas/assam', { headers: { traceparent: `00-${traceId}-${spanId}-01` } })
  expect(recorded.trace(traceId).find(({ kind, service }) => kind === 'server' && service === 'gateway')?.parentSpanId).toBe(spanId)
})

it('takes a refusal for an answer, and an outage for an error', async () => {
  await traced('/v1/teas/assam/brews', brew(await ground.tokenFor('ada'), 9))
  await traced('/v1/steeps/assam')
  const door = { service: 'gateway', kind: 'server' as const }
  expectTrace(recorded.spans).contains({
    ...door,
    name: 'POST /v1/teas/{teaId}/brews',
    error: null,
    attributes: { 'call.reason': 'no_water' },
  })
  expectTrace(recorded.spans).contains({ ...door, name: 'GET /v1/steeps/{teaId}', error: 'deadline_exceeded' })
})

it('shows a batch as one request, with the calls it led to', async () => {
  await traced('/trpc/teas.getTea,cups.countCups,teas.getTea?batch=1', {
    method: 'POST',
    body: { 0: { teaId: 'a' }, 1: {}, 2: { teaId: 'b' } },
  })
  const call = { service: 'gateway', kind: 'client' as const }
  expectTrace(recorded.spans).is({
    name: 'POST /trpc/{batch}',
    children: [
      { ...call, name: 'teas.v1/getTea', children: [{ name: 'teas.v1/getTea', service: 'teas' }] },
      { ...call, name: 'cups.v1/countCups' },
      { ...call, name: 'teas.v1/getTea', children: [{ name: 'teas.v1/getTea', service: 'teas' }] },
    ],
  })
})

it('answers metrics behind a second door that the registry knows, and not at its own', async () => {
  await ask(ground.url, '/v1/reviews', { method: 'POST', body: { words: 'good' } })
  expect((await ask(ground.url, '/v1/reviews', { method: 'POST', body: { words: 'good' } })).status).toBe(429)
  expect((await ask(ground.url, '/metrics')).status).toBe(404)

  const { status, headers, text } = await ask(await ground.neighboursUrl(), '/metrics')
  expect([status, headers['content-type']]).toEqual([200, 'application/openmetrics-text; version=1.0.0; charset=utf-8'])
  expect(text).toMatch(
    /^http_server_request_duration_seconds_count\{http_request_method="POST",http_route="\/v1\/reviews",http_response_status_code="429",service="gateway"\} 1$/m,
  )
  expect(text).toMatch(/^rate_limited_requests_total\{limit="reviews",service="gateway"\} 1$/m)
  expect(text).toMatch(/^nodejs_eventloop_delay_p99_seconds /m)
  expect((await ask(await ground.neighboursUrl(), '/health/ready')).body.status).toBe('ready')
})

it('makes no span of health and metrics', async () => {
  await ask(ground.url, '/health/ready')
  await ask(await ground.neighboursUrl(), '/metrics')
  await traced('/v1/teas/assam')
  expect(recorded.spans.filter(({ parentSpanId }) => parentSpanId === undefined).map(({ name }) => name)).toEqual(['GET /v1/teas/{teaId}'])
})

it('repeats nothing of its caller’s words in spans, metrics or logs', async () => {
  const secret = 'hush-hush'
  const token = await ground.tokenFor(secret)
  const headers = { 'user-agent': secret, 'x-forwarded-for': secret, cookie: secret, host: `${secret}.example`, tracestate: `a=${secret}` }
  for (const path of [`/v1/teas/${secret}`, `/v1/teas?search=${secret}`, `/${secret}`, `/v1/teas//${secret}`, `/trpc/teas.${secret}`])
    await traced(path, { headers, token })
  await traced('/v1/reviews', { method: 'POST', headers, body: { words: secret } })
  await traced(`/v1/teas/${secret}/brews`, { ...brew(token, 2), headers: { ...headers, 'idempotency-key': secret } })
  const { text } = await ask(await ground.neighboursUrl(), '/metrics')
  for (const seen of [JSON.stringify(recorded.spans), text, JSON.stringify(ground.logged())]) {
    expect(seen).not.toContain(secret)
    expect(seen).not.toContain(token)
  }
})
