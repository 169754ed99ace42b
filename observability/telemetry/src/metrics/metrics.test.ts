import { afterEach, describe, expect, it, vi } from 'vitest'
import { createTelemetry } from '../telemetry.ts'
import { inCall } from '../testing/in-call.ts'
import { recordSpans } from '../testing/index.ts'
import { readOpenMetrics, type Sample } from '../testing/read-openmetrics.ts'
import { newTrace, unsampled } from '../trace-context.ts'
import { createMetrics } from './create-metrics.ts'
import type { Metrics } from './metrics.ts'
import { openProcessMetrics } from './process-metrics.ts'
import { renderMetrics } from './render-metrics.ts'

const placeOrder = { rpc_method: 'orders.v1/placeOrder', rpc_response_status_code: 'OK', caller: 'gateway' }
const callDuration = 'rpc_server_call_duration_seconds'

async function samplesOf(...metrics: readonly Metrics[]): Promise<Sample[]> {
  return readOpenMetrics((await renderMetrics(metrics)).text)
}

async function valuesOf(metrics: Metrics, name: string): Promise<[object, number][]> {
  return (await samplesOf(metrics)).filter((sample) => sample.name === name).map(({ labels, value }) => [labels, value])
}

it('answers a scrape in the OpenMetrics format', async () => {
  const metrics = createMetrics({ labels: { service: 'orders' } })
  metrics.observe(callDuration, placeOrder, 0.02)
  metrics.observe(callDuration, placeOrder, 60)
  metrics.count('dead_letters_total', { consumer: 'orders-events', error_class: 'held' }, 2)
  metrics.set('db_client_connection_count', { state: 'used' }, 3)
  const { contentType, text } = await metrics.render()
  expect(contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
  expect(text).toContain('# TYPE dead_letters counter\n')
  const samples = readOpenMetrics(text)
  const labels = { ...placeOrder, service: 'orders' }
  expect(samples).toContainEqual({ name: `${callDuration}_bucket`, labels: { ...labels, le: '0.01' }, value: 0 })
  expect(samples).toContainEqual({ name: `${callDuration}_bucket`, labels: { ...labels, le: '0.025' }, value: 1 })
  expect(samples).toContainEqual({ name: `${callDuration}_bucket`, labels: { ...labels, le: '+Inf' }, value: 2 })
  expect(samples).toContainEqual({ name: `${callDuration}_sum`, labels, value: 60.02 })
  expect(samples).toContainEqual({
    name: 'dead_letters_total',
    labels: { consumer: 'orders-events', error_class: 'held', service: 'orders' },
    value: 2,
  })
  expect(samples).toContainEqual({ name: 'db_client_connection_count', labels: { state: 'used', service: 'orders' }, value: 3 })
})

it('answers for several services and their process at once', async () => {
  using ofProcess = openProcessMetrics()
  const [orders, payments] = [createTelemetry('orders'), createTelemetry('payments')]
  for (const { metrics } of [orders, payments]) metrics.observe('outbox_relay_lag_seconds', {}, 0.3)
  const samples = await samplesOf(ofProcess.metrics, orders.metrics, payments.metrics)
  expect(samples.filter(({ name }) => name === 'outbox_relay_lag_seconds_count').map(({ labels }) => labels)).toEqual([
    { service: 'orders' },
    { service: 'payments' },
  ])
  const names = new Set(samples.map(({ name }) => name))
  for (const name of [
    'process_memory_usage_bytes',
    'nodejs_eventloop_delay_p99_seconds',
    'nodejs_eventloop_utilization_ratio',
    'process_cpu_time_seconds_total',
    'v8js_memory_heap_used_bytes',
  ]) {
    expect(names).toContain(name)
  }
})

it.each([Number.NaN, Number.POSITIVE_INFINITY])('takes no notice of %d', async (odd) => {
  const metrics = createMetrics()
  metrics.observe(callDuration, placeOrder, odd)
  metrics.count('messaging_redeliveries_total', { consumer: 'x' }, odd)
  metrics.count('messaging_redeliveries_total', { consumer: 'x' }, -1)
  metrics.set('outbox_unpublished_messages', {}, odd)
  expect(await samplesOf(metrics)).toEqual([])
})

it('survives labels nobody would choose', async () => {
  const metrics = createMetrics()
  metrics.count('messaging_redeliveries_total', { consumer: 'a"b\\c\nd' })
  expect(await valuesOf(metrics, 'messaging_redeliveries_total')).toEqual([[{ consumer: 'a"b\\c\nd' }, 1]])
})

describe('an exemplar', () => {
  afterEach(() => void vi.useRealTimers())

  const exemplars = async (metrics: Metrics): Promise<unknown[]> =>
    (await samplesOf(metrics)).flatMap(({ labels, exemplar }) =>
      exemplar === undefined ? [] : [[labels['le'], exemplar.labels['trace_id'], exemplar.value]],
    )

  it('names the trace of the call that was measured', async () => {
    using recorded = recordSpans()
    const { metrics, tracing } = createTelemetry('orders')
    const span = tracing.start('orders.v1/placeOrder', { kind: 'server' })
    inCall(span, () => metrics.observe(callDuration, placeOrder, 0.02))
    span.end()
    expect(await exemplars(metrics)).toEqual([['0.025', span.trace.traceId, 0.02]])
    expect(recorded.trace(span.trace.traceId)).toHaveLength(1)
  })

  it('is kept once a second for each series, and of the bucket it fell in', async () => {
    using _recorded = recordSpans()
    vi.useFakeTimers({ toFake: ['performance', 'Date'] })
    const metrics = createMetrics()
    const [first, second, third] = [newTrace(), newTrace(), newTrace()]
    metrics.observe(callDuration, placeOrder, 0.02, first)
    metrics.observe(callDuration, placeOrder, 0.02, second)
    expect(await exemplars(metrics)).toEqual([['0.025', first.traceId, 0.02]])
    vi.advanceTimersByTime(1000)
    metrics.observe(callDuration, placeOrder, 20, third)
    expect(await exemplars(metrics)).toEqual([
      ['0.025', first.traceId, 0.02],
      ['+Inf', third.traceId, 20],
    ])
  })

  it('is no trace that nobody can open', async () => {
    const metrics = createMetrics()
    metrics.observe(callDuration, placeOrder, 0.02, newTrace())
    using _recorded = recordSpans()
    metrics.observe(callDuration, placeOrder, 0.02, unsampled(newTrace()))
    expect(await exemplars(metrics)).toEqual([])
  })
})

describe('when callers bring more labels than there is room for', () => {
  it('counts them together, says so, and still counts those it knows', async () => {
    const metrics = createMetrics({ maxSeries: 3 })
    for (const consumer of ['a', 'b', 'c', 'd', 'e', 'a']) metrics.count('messaging_redeliveries_total', { consumer })
    expect(await valuesOf(metrics, 'messaging_redeliveries_total')).toEqual([
      [{ consumer: 'a' }, 2],
      [{ consumer: 'b' }, 1],
      [{ consumer: 'c' }, 1],
      [{ consumer: '_OTHER' }, 2],
    ])
    expect(await valuesOf(metrics, 'telemetry_series_refused_total')).toEqual([[{ metric: 'messaging_redeliveries_total' }, 2]])
  })

  it('reckons a histogram by all the lines it adds', async () => {
    const metrics = createMetrics({ maxSeries: 20 })
    metrics.observe(callDuration, placeOrder, 0.1)
    metrics.observe(callDuration, { ...placeOrder, caller: 'orders' }, 0.1)
    expect(await valuesOf(metrics, `${callDuration}_count`)).toEqual([
      [placeOrder, 1],
      [{ rpc_method: '_OTHER', rpc_response_status_code: '_OTHER', caller: '_OTHER' }, 1],
    ])
  })

  it('never makes an answer longer than a budget, whatever happens', async () => {
    const { metrics } = createTelemetry('orders')
    for (let attempt = 0; attempt < 5000; attempt += 1) metrics.observe(callDuration, { ...placeOrder, caller: `caller ${attempt}` }, 0.1)
    expect((await samplesOf(metrics)).length).toBeLessThanOrEqual(2000 + 18)
  })
})

describe('a gauge that is read when asked', () => {
  it('tells what is so now, and forgets what is no more', async () => {
    const metrics = createMetrics({ maxSeries: 3 })
    let running = ['checkout', 'refund']
    metrics.collect('saga_oldest_running_age_seconds', async () => running.map((saga) => ({ labels: { saga }, value: 5 })))
    expect(await valuesOf(metrics, 'saga_oldest_running_age_seconds')).toEqual([
      [{ saga: 'checkout' }, 5],
      [{ saga: 'refund' }, 5],
    ])
    running = ['onboarding']
    for (let scrape = 0; scrape < 5; scrape += 1) {
      expect(await valuesOf(metrics, 'saga_oldest_running_age_seconds')).toEqual([[{ saga: 'onboarding' }, 5]])
    }
  })

  it.each([
    ['fails', () => Promise.reject(new Error('the database is away'))],
    [
      'throws',
      () => {
        throw new Error('the database is away')
      },
    ],
    ['takes too long', () => new Promise<never>(() => undefined)],
  ])('is left out, with no old value in its place, when it %s', async (_how, fail) => {
    const metrics = createMetrics({ collectTimeoutMs: 20 })
    let isWell = true
    metrics.collect('outbox_unpublished_messages', () => (isWell ? [{ labels: {}, value: 7 }] : fail()))
    metrics.collect('outbox_oldest_unpublished_age_seconds', () => [{ labels: {}, value: 1 }])
    expect(await valuesOf(metrics, 'outbox_unpublished_messages')).toEqual([[{}, 7]])
    isWell = false
    const samples = await samplesOf(metrics)
    expect(samples.map(({ name }) => name)).toEqual(['outbox_oldest_unpublished_age_seconds', 'telemetry_collect_failures_total'])
    expect(samples[1]).toMatchObject({ labels: { metric: 'outbox_unpublished_messages' }, value: 1 })
  })

  it('is not read once closed', async () => {
    const metrics = createMetrics()
    const reading = metrics.collect('outbox_unpublished_messages', () => [{ labels: {}, value: 7 }])
    expect(await samplesOf(metrics)).toHaveLength(1)
    reading.close()
    expect(await samplesOf(metrics)).toEqual([])
  })
})
