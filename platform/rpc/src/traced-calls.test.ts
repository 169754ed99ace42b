import { createTelemetry, currentContext, runInContext, type Telemetry } from '@observability/telemetry'
import { expectTrace, readMetric, recordSpans, type RecordedSpans, type SpanRecord } from '@observability/telemetry/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClient, type Client } from './client/client.ts'
import { implement } from './server/implement.ts'
import type { RpcListenerOptions } from './server/listener-options.ts'
import { ask } from './testing/ask.ts'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { fixedRegistry } from './testing/fixed-registry.ts'
import type { ServedParcels } from './testing/our-listener.ts'
import { keepParcels, parcels } from './testing/parcels.ts'

const opened = closedAfterEach()
let recorded: RecordedSpans
let shop: Telemetry
let post: Telemetry
beforeEach(() => {
  recorded = recordSpans()
  shop = createTelemetry('shop')
  post = createTelemetry('post')
})
afterEach(() => recorded.close())

async function served(options: Partial<RpcListenerOptions> = {}): Promise<ServedParcels> {
  return opened.parcels({ implementations: [{ ...implement(parcels, keepParcels().handlers), telemetry: post }], ...options })
}

function clientOf(...servers: ServedParcels[]): Client<typeof parcels> {
  const transport = opened.transport(fixedRegistry(servers.map(({ instance }) => instance)))
  return createClient(parcels, { transport, telemetry: shop, authorize: () => Promise.resolve('service:shop') })
}

/** Does work as a request to the shop, and gives the spans of its trace once all have ended. */
async function traceOf(work: () => Promise<unknown>): Promise<SpanRecord[]> {
  const span = shop.tracing.start('open shop', { kind: 'server' })
  await runInContext({ requestId: 'r-1', trace: span.trace, span }, work).catch(() => undefined)
  span.end()
  await expect.poll(() => recorded.open).toEqual([])
  return recorded.trace(span.trace.traceId)
}

const pair = (name: string, { code, client, server = null }: { code: string; client: string | null; server?: string | null }) => ({
  name: 'open shop',
  children: [
    {
      name,
      service: 'shop',
      kind: 'client' as const,
      error: client,
      attributes: { 'rpc.system.name': 'trpc', 'rpc.method': name, 'rpc.response.status_code': code },
      children: [
        {
          name,
          service: 'post',
          kind: 'server' as const,
          error: server,
          attributes: { 'rpc.system.name': 'trpc', 'rpc.method': name, 'rpc.response.status_code': code, 'rpc.caller': 'shop' },
        },
      ],
    },
  ],
})

describe('a call, in the trace of its caller', () => {
  it('is a pair of spans, one for each side', async () => {
    const server = await served()
    const client = clientOf(server)
    const spans = await traceOf(() => client.findParcel({ parcelId: 'p-1' }))
    expectTrace(spans)
      .hasNoOrphans()
      .is(pair('parcels.v2/findParcel', { code: 'OK', client: null }))
    const { host, port } = server.instance
    expectTrace(spans).contains({ name: 'parcels.v2/findParcel', attributes: { 'server.address': host, 'server.port': port } })
  })

  it('that is refused is an error of its caller’s and none of the service’s', async () => {
    const client = clientOf(await served())
    const spans = await traceOf(() => client.sendParcel({ grams: 99_000 }))
    expectTrace(spans).is(pair('parcels.v2/sendParcel', { code: 'CONFLICT', client: 'CONFLICT' }))
    expectTrace(spans).contains({ name: 'parcels.v2/sendParcel', attributes: { 'call.reason': 'too_heavy' } })
  })

  it('that broke is an error of both', async () => {
    const client = clientOf(await served())
    const spans = await traceOf(() => client.explode({}))
    const code = 'INTERNAL_SERVER_ERROR'
    expectTrace(spans).is(pair('parcels.v2/explode', { code, client: code, server: code }))
  })

  it('that nobody answered has one span, which says why and whether it may have happened', async () => {
    const server = await served()
    const client = clientOf(server)
    await server[Symbol.asyncDispose]()
    const spans = await traceOf(() => client.findParcel({ parcelId: 'p-1' }))
    expectTrace(spans).is({
      name: 'open shop',
      children: [
        { name: 'parcels.v2/findParcel', kind: 'client', error: 'connection_refused', attributes: { 'call.outcome': 'not-sent' } },
      ],
    })
  })

  it('that another instance had to answer is one call all the same, of the one that answered', async () => {
    const dead = await served({ id: 'dead' } as object)
    const alive = await served({ id: 'alive' } as object)
    const client = clientOf(dead, alive)
    await dead[Symbol.asyncDispose]()
    const spans: SpanRecord[] = []
    // which of the two is asked first is chance: at the latest the one that refuses is met before it is avoided
    for (let call = 0; call < 20 && !spans.some(({ attributes }) => attributes['rpc.attempts'] === 2); call += 1)
      spans.splice(0, spans.length, ...(await traceOf(() => client.findParcel({ parcelId: 'p-1' }))))
    expectTrace(spans)
      .hasNoErrors()
      .is(pair('parcels.v2/findParcel', { code: 'OK', client: null }))
    expectTrace(spans).contains({
      name: 'parcels.v2/findParcel',
      kind: 'client',
      attributes: { 'rpc.attempts': 2, 'server.port': alive.instance.port },
    })
  })

  it('is what its handler runs in', async () => {
    const seen: unknown[] = []
    const handlers = { ...keepParcels().handlers, explode: async () => (seen.push(currentContext()?.span?.trace.spanId), {}) }
    const client = clientOf(await served({ implementations: [{ ...implement(parcels, handlers), telemetry: post }] }))
    const spans = await traceOf(() => client.explode({}))
    expect(seen).toEqual([spans.find(({ kind, service }) => kind === 'server' && service === 'post')?.spanId])
  })
})

describe.each(['own', 'stock'] as const)('a batch on the %s wire', (wire) => {
  it('is one request around its calls, each with its own end and its own log line', async () => {
    const { handlers } = keepParcels()
    const seen: unknown[] = []
    const findParcel: typeof handlers.findParcel = (...asked) => {
      seen.push(currentContext()?.trace.spanId)
      return handlers.findParcel(...asked)
    }
    const server = await served({ wire, implementations: [{ ...implement(parcels, { ...handlers, findParcel }), telemetry: post }] })
    const input = JSON.stringify({ 0: { parcelId: 'p-1' }, 1: { parcelId: 'lost' }, 2: {} })
    const answer = await fetch(`${server.url}/rpc/parcels.v2/findParcel,findParcel,nothing?batch=1&input=${encodeURIComponent(input)}`)
    await answer.text()
    await expect.poll(() => recorded.open).toEqual([])
    const call = { service: 'post', kind: 'internal' as const, name: 'parcels.v2/findParcel', error: null }
    expectTrace(recorded.spans).is({
      name: 'POST /rpc/parcels/{batch}',
      kind: 'server',
      error: null,
      attributes: { 'rpc.batch.size': 3, 'http.response.status_code': 207 },
      children: [
        { ...call, attributes: { 'rpc.response.status_code': 'OK' } },
        { ...call, attributes: { 'rpc.response.status_code': 'NOT_FOUND', 'call.reason': 'parcel_not_found' } },
        { ...call, name: 'trpc', attributes: { 'rpc.method': '_OTHER', 'rpc.response.status_code': 'NOT_FOUND' } },
      ],
    })
    const answered = recorded.spans.filter(({ name }) => name === call.name)
    expect(new Set(seen)).toEqual(new Set(answered.map(({ spanId }) => spanId)))
    expect(server.settled.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 404, 404])
  })
})

it('measures calls by operation, code and caller, and keeps the caller’s own words out of spans, metrics and logs', async () => {
  const server = await served()
  await clientOf(server).findParcel({ parcelId: 'p-1' })
  const secret = 'hush-hush'
  const headers = {
    authorization: `Bearer ${secret}`,
    'idempotency-key': secret,
    'x-request-id': 'fine',
    tracestate: `a=${secret}`,
    [secret]: secret,
  }
  await ask(server, 'sendParcel', { body: JSON.stringify({ grams: 1, note: secret }), headers: { 'x-note': secret } })
  await ask(server, 'sendParcel', { body: JSON.stringify({ grams: secret, [secret]: 1 }), headers })
  await ask(server, 'sendParcel', { body: `{"grams":"${secret}` })
  await fetch(`${server.url}/rpc/parcels.v2/findParcel?input=${encodeURIComponent(JSON.stringify({ parcelId: secret }))}&${secret}=1`)
  await fetch(`${server.url}/rpc/parcels.v2/findParcel?input={${secret}`)
  await fetch(`${server.url}/rpc/parcels.v2/find-${secret}`)
  await expect.poll(() => recorded.open).toEqual([])

  const found = { rpc_method: 'parcels.v2/findParcel', rpc_response_status_code: 'OK' }
  expect(await readMetric(post, 'rpc_server_call_duration_seconds_count', { ...found, caller: 'shop' })).toBe(1)
  expect(await readMetric(shop, 'rpc_client_call_duration_seconds_count', found)).toBe(1)
  expect(await readMetric(post, 'rpc_server_call_duration_seconds_count', { rpc_method: '_OTHER' })).toBe(1)
  expect(JSON.stringify(recorded.spans)).not.toContain(secret)
  expect((await post.metrics.render()).text).not.toContain(secret)
  expect(server.logged()).not.toContain(secret)
})
