import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, it, vi, type TestContext } from 'vitest'
import { FolderInUseError, PortInUseError } from '../server/errors.ts'
import { isFree } from '../server/is-free.ts'
import { needStackProgram } from '../testing/need-stack-program.ts'
import { ownFolder } from '../testing/own-folder.ts'
import { needServer, testServers } from '../testing/test-servers.ts'
import { readStack } from './stack-note.ts'
import { freeStackPorts } from './stack-ports.ts'
import { startStack } from './start-stack.ts'
import { serveCounter } from './testing/metrics-page.ts'
import { startTestStack, type TestStack } from './testing/running-stack.ts'
import { randomId, sendLogLine, sendSpans } from './testing/send-otlp.ts'

const nobody = 'http://127.0.0.1:9'
let starting: Promise<TestStack> | undefined
afterAll(async () => (await starting)?.[Symbol.asyncDispose]())

/** The stack of this file, started for the first test that needs it; skips the test where a program is missing. */
async function theStack(context: TestContext): Promise<TestStack> {
  for (const name of ['collector', 'jaeger', 'loki', 'prometheus'] as const) await needStackProgram(context, name)
  starting ??= startTestStack(testServers().consulUrl ?? nobody)
  return starting
}

async function ask<Answer>(address: string, question: Record<string, string> = {}): Promise<Answer> {
  const url = `${address}?${new URLSearchParams(question).toString()}`
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return (await response.json()) as Answer
}

const patiently = { timeout: 30_000, interval: 200 }

it('keeps a trace of two services, whole, where Jaeger answers for it', async (context) => {
  const { addresses } = (await theStack(context)).stack
  const [traceId, door, deed] = [randomId(16), randomId(8), randomId(8)]
  await sendSpans(addresses.otlpUrl, [
    { service: 'gateway', name: 'POST /v1/orders', traceId, spanId: door },
    { service: 'orders', name: 'placeOrder', traceId, spanId: deed, parentSpanId: door },
  ])
  const spans = await vi.waitFor(async () => {
    const { data } = await ask<JaegerAnswer>(`${addresses.jaegerUrl}/api/traces/${traceId}`)
    expect(data[0]?.spans).toHaveLength(2)
    return data[0]!.spans
  }, patiently)
  expect(spans.find(({ spanID }) => spanID === deed)).toMatchObject({
    operationName: 'placeOrder',
    references: [{ refType: 'CHILD_OF', traceID: traceId, spanID: door }],
  })
  expect((await ask<{ data: string[] }>(`${addresses.jaegerUrl}/api/services`)).data).toEqual(expect.arrayContaining(['gateway', 'orders']))
})

it('finds a log line by its trace id, labelled by no more than service and environment', async (context) => {
  const { addresses } = (await theStack(context)).stack
  const [traceId, spanId] = [randomId(16), randomId(8)]
  await sendLogLine(addresses.otlpUrl, { service: 'orders', text: 'order placed', traceId, spanId })
  const question = { query: `{service_name="orders"} | trace_id="${traceId}"` }
  const found = await vi.waitFor(async () => {
    const { data } = await ask<LokiAnswer>(`${addresses.lokiUrl}/loki/api/v1/query_range`, question)
    expect(data.result).toHaveLength(1)
    return data.result[0]!
  }, patiently)
  expect(found.values.map(([, line]) => line)).toEqual(['order placed'])
  expect(found.stream).toMatchObject({ trace_id: traceId, span_id: spanId, order_id: 'order-7', host_name: 'here' })
  const labels = await ask<{ data: string[] }>(`${addresses.lokiUrl}/loki/api/v1/labels`)
  expect(labels.data.sort()).toEqual(['deployment_environment_name', 'service_name'])
})

it('leads from a metric of an instance in the file registry to the trace behind it', async (context) => {
  const { stack, registry } = await theStack(context)
  const traceId = randomId(16)
  await using page = await serveCounter({ name: 'orders_placed', service: 'orders', traceId })
  await mkdir(join(registry, 'orders'))
  const instance = { id: 'orders-1a2b3c4d', service: 'orders', host: '127.0.0.1', port: page.port, contracts: ['orders.v1'] }
  await writeFile(join(registry, 'orders', 'orders-1a2b3c4d.json'), JSON.stringify({ instance, isReady: true }))

  const minute = { start: String(Date.now() / 1_000 - 60), end: String(Date.now() / 1_000 + 60) }
  const question = { query: 'orders_placed_total', ...minute }
  const series = await vi.waitFor(async () => {
    const { data } = await ask<ExemplarAnswer>(`${stack.addresses.prometheusUrl}/api/v1/query_exemplars`, question)
    expect(data).toHaveLength(1)
    return data[0]!
  }, patiently)
  expect(series.seriesLabels).toMatchObject({ job: 'services', service: 'orders', instance: instance.id, outcome: 'ok' })
  // whose it is, as the series itself said: not renamed for a label of the target
  expect(series.seriesLabels).not.toHaveProperty('exported_service')
  expect(series.exemplars[0]?.labels).toEqual({ trace_id: traceId })
})

it('finds what Consul knows, but does not scrape Consul', async (context) => {
  const consulUrl = needServer(context, 'consul')
  const { stack } = await theStack(context)
  await using page = await serveCounter({ name: 'stock_reserved', service: 'inventory', traceId: randomId(16) })
  const id = `inventory-${randomId(8)}`
  const body = { ID: id, Name: 'inventory', Address: '127.0.0.1', Port: page.port, Meta: { contracts: 'inventory.v1', instance: id } }
  await put(`${consulUrl}/v1/agent/service/register`, body)
  context.onTestFinished(() => put(`${consulUrl}/v1/agent/service/deregister/${id}`))

  const query = { query: `stock_reserved_total{service="inventory",instance="${id}"}` }
  await vi.waitFor(async () => {
    const { data } = await ask<{ data: { result: unknown[] } }>(`${stack.addresses.prometheusUrl}/api/v1/query`, query)
    expect(data.result).toHaveLength(1)
  }, patiently)
  const { data } = await ask<{ data: { activeTargets: { labels: Record<string, string> }[] } }>(
    `${stack.addresses.prometheusUrl}/api/v1/targets`,
  )
  expect(data.activeTargets.map(({ labels }) => labels['service'])).not.toContain('consul')
})

it('watches itself: every server of the stack is up', async (context) => {
  const { addresses } = (await theStack(context)).stack
  const query = { query: 'up{job="stack"} == 1' }
  await vi.waitFor(async () => {
    const { data } = await ask<{ data: { result: { metric: { service: string } }[] } }>(`${addresses.prometheusUrl}/api/v1/query`, query)
    expect(data.result.map(({ metric }) => metric.service).sort()).toEqual(['collector', 'jaeger', 'loki', 'prometheus'])
  }, patiently)
})

it('is one of its folder, which tells where it is', async (context) => {
  const { stack, systemFolder } = await theStack(context)
  expect(await readStack(systemFolder)).toEqual(stack.addresses)
  const second = startStack({ systemFolder, ports: await freeStackPorts(), consulUrl: nobody })
  await expect(second).rejects.toThrow(FolderInUseError)
  await expect(second).rejects.toThrow('another "npm run stack" of this checkout')
})

it('names the port that is taken, whose it is to be, and the way out', async () => {
  const ports = await freeStackPorts()
  await using holder = createServer().listen(ports.jaeger.otlpHttp, '127.0.0.1')
  await once(holder, 'listening')
  const systemFolder = await ownFolder()
  const refused = startStack({ systemFolder, ports, consulUrl: nobody })
  await expect(refused).rejects.toThrow(PortInUseError)
  await expect(refused).rejects.toThrow(`Port ${ports.jaeger.otlpHttp}, wanted for Jaeger (otlpHttp), is in use by`)
  await expect(refused).rejects.toThrow(/ASHLAR_PORT_BASE=\d+ npm run stack$/)
  expect(await readdir(join(systemFolder, 'stack'))).not.toContain('lock')
})

it('waits for the supervisor, which has the port until it sees the lock, and for nobody else', async () => {
  const [ports, systemFolder] = [await freeStackPorts(), await ownFolder()]
  await using other = createServer().listen(ports.collector.otlpGrpc, '127.0.0.1')
  await using supervisor = createServer().listen(ports.collector.otlpHttp, '127.0.0.1')
  await Promise.all([once(other, 'listening'), once(supervisor, 'listening')])
  const refused = startStack({ systemFolder, ports, consulUrl: nobody }).catch((error: unknown) => error)
  await vi.waitFor(async () => expect(await readdir(join(systemFolder, 'stack'))).toContain('lock'))
  await supervisor[Symbol.asyncDispose]()
  expect(await refused).toMatchObject({ name: 'PortInUseError', port: ports.collector.otlpGrpc })
})

it('leaves no process, port, lock or note behind, and finds its log lines again', async (context) => {
  await theStack(context)
  await using other = await startTestStack(nobody)
  const { stack, ports, systemFolder } = other
  const traceId = randomId(16)
  await sendLogLine(stack.addresses.otlpUrl, { service: 'orders', text: 'kept', traceId, spanId: randomId(8) })
  await stack.stop()
  for (const port of Object.values(ports).flatMap((each) => Object.values<number>(each))) expect(await isFree(port)).toBe(true)
  expect(await readdir(join(systemFolder, 'stack'))).toEqual(expect.not.arrayContaining(['lock', 'addresses.json', 'servers.json']))

  await using again = await startStack({ systemFolder, ports, consulUrl: nobody })
  const question = { query: `{service_name="orders"} | trace_id="${traceId}"` }
  await vi.waitFor(async () => {
    const { data } = await ask<LokiAnswer>(`${again.addresses.lokiUrl}/loki/api/v1/query_range`, question)
    expect(data.result[0]?.values[0]?.[1]).toBe('kept')
  }, patiently)
})

interface JaegerAnswer {
  readonly data: { readonly spans: { readonly spanID: string }[] }[]
}

interface LokiAnswer {
  readonly data: { readonly result: { readonly stream: object; readonly values: [string, string][] }[] }
}

interface ExemplarAnswer {
  readonly data: { readonly seriesLabels: object; readonly exemplars: { readonly labels: object }[] }[]
}

async function put(url: string, body: object = {}): Promise<void> {
  const response = await fetch(url, { method: 'PUT', body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
}
