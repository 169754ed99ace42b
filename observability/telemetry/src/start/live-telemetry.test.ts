import { trace as openTelemetry } from '@opentelemetry/api'
import { expect, it, vi } from 'vitest'
import { createLogger } from '../logger.ts'
import { createTelemetry } from '../telemetry.ts'
import { expectTrace } from '../testing/index.ts'
import { inCall } from '../testing/in-call.ts'
import { openOtlpReceiver } from '../testing/otlp-receiver.ts'
import { readOpenMetrics } from '../testing/read-openmetrics.ts'
import { inSpan } from '../tracing/in-span.ts'
import { newTrace } from '../trace-context.ts'
import { startTelemetry, type LiveTelemetry } from './live-telemetry.ts'
import { readSettings } from './settings.ts'

async function started(url: string, env: Record<string, string> = {}): Promise<LiveTelemetry & AsyncDisposable> {
  const settings = readSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_TIMEOUT: '300', ...env })
  const live = settings === undefined ? undefined : await startTelemetry(settings, { everyMs: 20, askEveryMs: 20 })
  if (live === undefined) throw new Error('telemetry did not start')
  return Object.assign(live, { [Symbol.asyncDispose]: () => live.close() })
}

// a worker takes its time to start where much else runs
const patient = { OTEL_EXPORTER_OTLP_TIMEOUT: '10000' }
const nowhere = { write: () => undefined }

async function counted(metrics: ReturnType<typeof createTelemetry>['metrics'], reason: string): Promise<number> {
  const samples = readOpenMetrics((await metrics.render()).text)
  return samples.find(({ name, labels }) => name === 'telemetry_spans_dropped_total' && labels['reason'] === reason)?.value ?? 0
}

it('sends spans and lines of several services, as OTLP', async () => {
  await using receiver = await openOtlpReceiver()
  await using live = await started(receiver.url, {
    ...patient,
    OTEL_RESOURCE_ATTRIBUTES: 'service.version=1.2.3',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-a=b',
  })
  const [orders, payments] = [createTelemetry('orders'), createTelemetry('payments', { instanceId: 'payments-7' })]
  const logger = createLogger({ service: 'orders', destination: nowhere })
  const sent = { ...newTrace(), state: 'vendor=1' }
  const door = orders.tracing.start('POST /v1/orders', {
    kind: 'server',
    attributes: { 'order.amount': 12.5, 'http.response.status_code': 202 },
  })
  inCall(door, () => {
    logger.warn({ event: 'slow', err: new RangeError('late'), lines: [1, 2] }, 'this took long')
    inSpan('transaction', {}, () => openTelemetry.getTracer('score').startSpan('score').end())
  })
  const consumed = payments.tracing.start('process orders.order-placed.v1', { kind: 'consumer', parent: sent, links: [sent, door.trace] })
  consumed.end({ error: 'card_declined' })
  door.end()
  await live.flush()

  expectTrace(receiver.spans.filter(({ traceId }) => traceId === door.trace.traceId)).is({
    name: 'POST /v1/orders',
    service: 'orders',
    kind: 'server',
    attributes: { 'order.amount': 12.5, 'http.response.status_code': 202 },
    error: null,
    children: [{ name: 'transaction', children: [{ name: 'score', service: 'orders' }] }],
  })
  expect(receiver.spans.find(({ service }) => service === 'payments')).toMatchObject({
    traceId: sent.traceId,
    parentSpanId: sent.spanId,
    spanId: consumed.trace.spanId,
    kind: 'consumer',
    error: 'card_declined',
    links: [
      { traceId: sent.traceId, spanId: sent.spanId },
      { traceId: door.trace.traceId, spanId: door.trace.spanId },
    ],
  })
  expect(receiver.logs).toMatchObject([
    {
      service: 'orders',
      severity: 13,
      level: 'warn',
      message: 'this took long',
      traceId: door.trace.traceId,
      spanId: door.trace.spanId,
      attributes: { event: 'slow', request_id: 'request-1', lines: '[1,2]', 'exception.type': 'RangeError', 'exception.message': 'late' },
    },
  ])
  expect(Math.abs((receiver.logs[0]?.atMs ?? 0) - (receiver.spans[0]?.startedAtMs ?? 0))).toBeLessThan(60_000)
  expect([await counted(orders.metrics, 'export_failed'), await counted(orders.metrics, 'queue_full')]).toEqual([0, 0])
  expect(receiver.contentTypes).toEqual(new Set(['application/x-protobuf']))
  const said = Buffer.concat(receiver.bodies).toString('latin1')
  for (const word of ['service.version', '1.2.3', 'service.instance.id', 'payments-7', 'deployment.environment.name'])
    expect(said).toContain(word)
})

it('costs a counter while nobody listens, and begins when somebody does', async () => {
  const port = await openOtlpReceiver().then(async (receiver) => receiver.close().then(() => receiver.port))
  await using live = await started(`http://127.0.0.1:${port}`, patient)
  const { tracing, metrics } = createTelemetry('orders')
  const logger = createLogger({ service: 'orders', destination: nowhere })
  const parent = newTrace()
  const span = tracing.start('POST /v1/orders', { kind: 'server', parent })
  inCall(span, () => {
    logger.info('unheard')
    openTelemetry.getTracer('score').startActiveSpan('score', (scoring) => expect(scoring.isRecording()).toBe(false))
  })
  span.end()
  expect(span).toMatchObject({ isRecording: false, trace: { traceId: parent.traceId, flags: '00' } })
  // ours, and the one begun by OpenTelemetry's own words
  expect(await counted(metrics, 'not_listening')).toBe(2)
  expect(live.droppedLines()).toMatchObject({ not_listening: 1 })

  await using receiver = await openOtlpReceiver(port)
  await vi.waitFor(() => expect(tracing.start('POST /v1/orders', { kind: 'server' }).isRecording).toBe(true), {
    timeout: 10_000,
    interval: 100,
  })
  tracing.start('heard', { kind: 'server' }).end()
  logger.info('heard')
  await live.flush()
  expect(receiver.spans.map(({ name }) => name)).toEqual(['heard'])
  expect(receiver.logs.map(({ message }) => message)).toEqual(['heard'])
})

it('sends spans to whoever takes only those, and lines too as soon as a collector has its port', async () => {
  const supervisor = await openOtlpReceiver()
  supervisor.answer(404, '/v1/logs')
  await using live = await started(supervisor.url, patient)
  const { tracing } = createTelemetry('orders')
  const logger = createLogger({ service: 'orders', destination: nowhere })
  tracing.start('to the supervisor', { kind: 'server' }).end()
  logger.info('to standard output')
  await live.flush()
  expect(supervisor.spans.map(({ name }) => name)).toEqual(['to the supervisor'])
  expect(live.droppedLines()).toMatchObject({ not_listening: 1, export_failed: 0 })

  await supervisor.close()
  await using collector = await openOtlpReceiver(supervisor.port)
  await vi.waitFor(
    async () => {
      logger.info('to the collector')
      await live.flush()
      expect(collector.logs.length).toBeGreaterThan(0)
    },
    { timeout: 10_000, interval: 100 },
  )
  expect(new Set(collector.logs.map(({ message }) => message))).toEqual(new Set(['to the collector']))
})

it('counts spans that found no room, and those that were refused', async () => {
  await using receiver = await openOtlpReceiver()
  await using live = await started(receiver.url, {
    OTEL_BSP_MAX_QUEUE_SIZE: '4',
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '4',
    OTEL_BSP_SCHEDULE_DELAY: '60000',
  })
  const { tracing, metrics } = createTelemetry('orders')
  receiver.answer(400)
  // the first four leave at once as a batch, four more wait, and the last two find the queue full
  for (let number = 0; number < 10; number += 1) tracing.start(`span ${number}`, { kind: 'internal' }).end()
  await live.flush()
  expect(await counted(metrics, 'queue_full')).toBe(2)
  expect(await counted(metrics, 'export_failed')).toBe(8)
  expect(receiver.spans).toEqual([])
})

it('counts lines that were refused', async () => {
  await using receiver = await openOtlpReceiver()
  await using live = await started(receiver.url, patient)
  receiver.answer(400)
  const logger = createLogger({ service: 'orders', destination: nowhere })
  for (let line = 0; line < 3; line += 1) logger.info('refused')
  await live.flush()
  expect(live.droppedLines()).toMatchObject({ export_failed: 3 })
  expect(live.waitingLines()).toBe(0)
})

it('gives up on a collector that has gone, and says so', async () => {
  const receiver = await openOtlpReceiver()
  await using live = await started(receiver.url)
  const { tracing, metrics } = createTelemetry('orders')
  tracing.start('lost', { kind: 'server' }).end()
  await receiver.close()
  await live.flush()
  expect(await counted(metrics, 'export_failed')).toBe(1)
  await vi.waitFor(() => expect(tracing.start('seen', { kind: 'server' }).isRecording).toBe(false))
})

it('leaves the place to an OpenTelemetry that is set up already', async () => {
  await using receiver = await openOtlpReceiver()
  await using _first = await started(receiver.url)
  const settings = readSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url })
  expect(settings === undefined ? 'off' : await startTelemetry(settings)).toBeUndefined()
})
