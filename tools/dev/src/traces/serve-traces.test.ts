import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request as requestHttp } from 'node:http'
import { gzipSync } from 'node:zlib'
import { readLine } from '@observability/telemetry/otlp'
import type { KeptTrace, TraceSummary } from '@observability/telemetry/trace-tree'
import { expect, it, onTestFinished } from 'vitest'
import { otlpJson, randomId } from '../testing/sent-spans.ts'
import { serveTraces } from './serve-traces.ts'
import { createTraceStore, type TraceStore } from './trace-store.ts'

interface Served {
  readonly url: string
  readonly store: TraceStore
}

async function serve(): Promise<Served> {
  const store = createTraceStore({ maxTraces: 100, maxBytes: 10_000_000 })
  const server = await serveTraces(0, store)
  onTestFinished(() => server?.close())
  return { url: `http://127.0.0.1:${server?.port}`, store }
}

const json = { 'content-type': 'application/json' }
const protobuf = { 'content-type': 'application/x-protobuf' }
const mebibyte = 1024 * 1024

function post(url: string, headers: Record<string, string>, body: string | Buffer): Promise<Response> {
  return fetch(url, { method: 'POST', headers, body: typeof body === 'string' ? body : new Uint8Array(body) })
}

async function listed({ url }: Served, question = ''): Promise<readonly TraceSummary[]> {
  const response = await fetch(`${url}/api/telemetry/traces${question}`)
  return ((await response.json()) as { traces: readonly TraceSummary[] }).traces
}

const program = `
import { createLogger, createTelemetry, runInContext } from '@observability/telemetry'
await using telemetry = createTelemetry('orders')
const span = telemetry.tracing.start('placeOrder', { kind: 'server', attributes: { 'order.id': 'order-7' } })
await runInContext({ requestId: 'r-1', trace: span.trace, span, deadline: undefined, transactionOpen: false }, async () =>
  createLogger({ service: 'orders' }).info('order placed'))
span.end({ error: 'out_of_stock' })
console.error(span.trace.traceId)
`

it.each(['none', 'gzip'])('takes what a real process sends, compression %s, and no lines, which it prints', async (compression) => {
  const served = await serve()
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: served.url, OTEL_EXPORTER_OTLP_COMPRESSION: compression, LOG_LEVEL: 'info' }
  const child = spawn(
    process.execPath,
    ['--import', '@observability/telemetry/start', '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program],
    { cwd: import.meta.dirname, env: { PATH: process.env['PATH'], ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let [said, printed] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  await once(child, 'close')
  const response = await fetch(`${served.url}/api/telemetry/traces/${said.trim()}`)
  expect(await response.json()).toMatchObject({
    spans: [{ service: 'orders', name: 'placeOrder', kind: 'server', attributes: { 'order.id': 'order-7' }, error: 'out_of_stock' }],
    lines: [],
  } satisfies DeepPartial<KeptTrace>)
  expect(readLine(printed)).toMatchObject({ traceId: said.trim(), service: 'orders', level: 'info', message: 'order placed' })
})

type DeepPartial<Whole> = { readonly [Part in keyof Whole]?: Whole[Part] extends object ? DeepPartial<Whole[Part]> : Whole[Part] }

it('takes JSON and gzip, answers in the encoding it was asked in, and takes metrics for nothing', async () => {
  const served = await serve()
  const spans = [{ traceId: randomId(16), spanId: randomId(8), name: 'placeOrder', kind: 2 }]
  const answers = [
    await post(`${served.url}/v1/traces`, { ...json, 'content-encoding': 'gzip' }, gzipSync(otlpJson('users', spans))),
    await post(`${served.url}/v1/metrics`, json, '{}'),
  ]
  for (const answer of answers) expect([answer.status, await answer.json()]).toEqual([200, {}])
  const empty = await post(`${served.url}/v1/metrics`, protobuf, Buffer.alloc(0))
  expect([empty.status, empty.headers.get('content-type'), await empty.text()]).toEqual([200, 'application/x-protobuf', ''])
  expect(await listed(served)).toMatchObject([{ service: 'users', spans: 1 }])
})

const gzip = { ...json, 'content-encoding': 'gzip' }

it.each([
  { what: 'JSON that ends too soon', headers: json, body: '{"resourceSpans":[', status: 400 },
  { what: 'JSON of something else', headers: json, body: '{"resourceSpans":7}', status: 400 },
  { what: 'protobuf that is none', headers: protobuf, body: 'hello', status: 400 },
  { what: 'lines', path: '/v1/logs', headers: json, body: '{"resourceLogs":[]}', status: 404 },
  { what: 'gzip that is none', headers: gzip, body: 'hello', status: 400 },
  { what: 'an encoding nobody knows', headers: { ...json, 'content-encoding': 'zstd' }, body: 'hello', status: 415 },
  { what: 'a type nobody knows', headers: { 'content-type': 'text/plain' }, body: 'hello', status: 415 },
  { what: 'too large a body', headers: json, body: 'x'.repeat(8 * mebibyte + 1), status: 413 },
  { what: 'a small body that becomes too large', headers: gzip, body: gzipSync('x'.repeat(9 * mebibyte)), status: 413 },
  { what: 'a signal that is not there', path: '/v1/profiles', headers: json, body: '{}', status: 404 },
])('refuses $what, and goes on', async ({ path = '/v1/traces', headers, body, status }) => {
  const served = await serve()
  expect((await post(`${served.url}${path}`, headers, body)).status).toBe(status)
  const spans = [{ traceId: randomId(16), spanId: randomId(8), name: 'after that' }]
  await post(`${served.url}/v1/traces`, json, otlpJson('orders', spans))
  expect(await listed(served)).toHaveLength(1)
})

it('says in the sender’s own form what it minds', async () => {
  const { url } = await serve()
  expect(await (await post(`${url}/v1/traces`, json, 'x')).json()).toEqual({ message: 'this is not OTLP' })
  const said = Buffer.from(await (await post(`${url}/v1/traces`, protobuf, 'hello')).arrayBuffer())
  expect(said).toEqual(Buffer.concat([Buffer.from([0x12, 16]), Buffer.from('this is not OTLP')]))
})

it('takes no endless body without a length', async () => {
  const { url } = await serve()
  const sent = requestHttp(`${url}/v1/traces`, { method: 'POST', headers: json })
  const answered = once(sent, 'response')
  sent.on('error', () => undefined)
  const chunk = Buffer.alloc(mebibyte, 0x20)
  for (let written = 0; written < 10; written += 1) sent.write(chunk)
  const [response] = (await answered) as [{ statusCode: number; resume(): void }]
  response.resume()
  expect(response.statusCode).toBe(413)
  sent.destroy()
})

it('answers questions, and says which it does not understand', async () => {
  const served = await serve()
  const [one, other] = [`aa${randomId(16).slice(2)}`, `ab${randomId(16).slice(2)}`]
  const span = (traceId: string): object => ({ traceId, spanId: randomId(8), name: 'placeOrder', endTimeUnixNano: '50000000' })
  await post(`${served.url}/v1/traces`, json, otlpJson('orders', [span(one)]))
  await post(`${served.url}/v1/traces`, json, otlpJson('users', [{ ...span(other), status: { code: 2 } }]))
  expect((await listed(served, '?service=orders')).map(({ traceId }) => traceId)).toEqual([one])
  expect((await listed(served, '?error=true')).map(({ traceId }) => traceId)).toEqual([other])
  expect(await listed(served, '?minDurationMs=50&limit=1')).toHaveLength(1)
  expect(await listed(served, '?minDurationMs=51')).toHaveLength(0)

  const ask = async (path: string): Promise<[number, unknown]> => {
    const response = await fetch(`${served.url}/api/telemetry/traces${path}`)
    return [response.status, await response.json()]
  }
  expect(await ask('/AA')).toMatchObject([200, { traceId: one, spans: [{ name: 'placeOrder' }] }])
  expect(await ask('/a')).toEqual([409, { message: 'a is the beginning of several traces', traceIds: [one, other] }])
  expect(await ask('/ffff')).toEqual([404, { message: 'there is no trace ffff' }])
  for (const wrong of ['/xyz', '?limit=0', '?limit=', '?limit=1001', '?minDurationMs=soon', '?error=perhaps', '?colour=red'])
    expect([wrong, (await ask(wrong))[0]]).toEqual([wrong, 400])
})

it('tells nothing to a page that reaches it by another name', async () => {
  const { url } = await serve()
  const asked = requestHttp(`${url}/api/telemetry/traces`, { headers: { host: 'evil.example' } }).end()
  const [response] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }]
  response.resume()
  expect(response.statusCode).toBe(403)
})
