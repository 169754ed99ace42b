import { trace as openTelemetry } from '@opentelemetry/api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { currentContext, runInContext } from '../call-context.ts'
import { createTelemetry } from '../telemetry.ts'
import { expectTrace, recordSpans, type RecordedSpans } from '../testing/index.ts'
import { inCall } from '../testing/in-call.ts'
import { newTrace, unsampled } from '../trace-context.ts'
import { annotate, inSpan } from './in-span.ts'

const orders = createTelemetry('orders')
const payments = createTelemetry('payments')

describe('while telemetry is off', () => {
  it('makes ids and nothing else', async () => {
    const span = orders.tracing.start('POST /v1/orders', { kind: 'server' })
    expect(span).toMatchObject({ isRecording: false, trace: { flags: '00' } })
    span.set({ 'order.id': '1' })
    span.end({ error: 'unexpected' })
    expect((await orders.metrics.render()).text).not.toContain('telemetry_spans_dropped')
  })

  it('passes on what others decided of a trace', () => {
    const parent = { ...newTrace(), state: 'vendor=1' }
    const { trace } = orders.tracing.start('orders.v1/placeOrder', { kind: 'server', parent })
    expect(trace).toMatchObject({ traceId: parent.traceId, flags: '01', state: 'vendor=1' })
    expect(trace.spanId).not.toBe(parent.spanId)
  })

  it('does a part’s work in the very same context', () => {
    const span = orders.tracing.start('POST /v1/orders', { kind: 'server' })
    inCall(span, () => {
      const outside = currentContext()
      expect(inSpan('transaction', {}, () => currentContext())).toBe(outside)
    })
  })
})

describe('while somebody records', () => {
  let recorded: RecordedSpans
  beforeEach(() => (recorded = recordSpans()))
  afterEach(() => recorded.close())

  it('sees one trace through the services it passes', async () => {
    const door = orders.tracing.start('POST /v1/orders', { kind: 'server', attributes: { 'http.route': '/v1/orders' } })
    await inCall(door, async () => {
      const call = orders.tracing.start('payments.v1/charge', { kind: 'client', parent: currentContext()?.trace })
      const answer = payments.tracing.start('payments.v1/charge', { kind: 'server', parent: call.trace })
      await inCall(answer, () =>
        inSpan('transaction', { attributes: { 'db.system.name': 'postgresql' } }, async () => annotate({ 'payment.id': 'p-1' })),
      )
      answer.end()
      call.end()
    })
    door.end()
    expectTrace(recorded.trace(door.trace.traceId))
      .hasNoOrphans()
      .hasNoErrors()
      .isOf('orders', 'payments')
      .is({
        name: 'POST /v1/orders',
        service: 'orders',
        kind: 'server',
        attributes: { 'http.route': '/v1/orders' },
        children: [
          {
            name: 'payments.v1/charge',
            service: 'orders',
            kind: 'client',
            children: [
              {
                name: 'payments.v1/charge',
                service: 'payments',
                kind: 'server',
                children: [{ name: 'transaction', service: 'payments', kind: 'internal', attributes: { 'payment.id': 'p-1' } }],
              },
            ],
          },
        ],
      })
    expect(recorded.open).toEqual([])
  })

  it.each([
    [
      'throws at once',
      () => {
        throw new RangeError('card of Lovelace')
      },
    ],
    ['rejects later', () => Promise.reject(new RangeError('card of Lovelace'))],
  ])('names the class of what a part %s, without its message', async (_how, work) => {
    const span = orders.tracing.start('POST /v1/orders', { kind: 'server' })
    await expect(async () => inCall(span, () => inSpan('transaction', {}, work))).rejects.toThrow('card of Lovelace')
    span.end()
    expectTrace(recorded.spans).contains({ name: 'transaction', error: 'RangeError' }).contains({ name: 'POST /v1/orders', error: null })
    expect(JSON.stringify(recorded.spans)).not.toContain('Lovelace')
  })

  it('links what began elsewhere, and carries the vendor’s state on', () => {
    const sent = { ...newTrace(), state: 'vendor=1' }
    const span = payments.tracing.start('process orders.order-placed.v1', { kind: 'consumer', parent: sent, links: [sent] })
    span.end()
    expect(span.trace).toMatchObject({ traceId: sent.traceId, flags: '01', state: 'vendor=1' })
    expect(recorded.spans).toMatchObject([{ parentSpanId: sent.spanId, links: [{ traceId: sent.traceId, spanId: sent.spanId }] }])
  })

  it('leaves alone a trace that nobody wants recorded', () => {
    const parent = unsampled(newTrace())
    const span = orders.tracing.start('orders.v1/placeOrder', { kind: 'server', parent })
    inCall(span, () => inSpan('transaction', {}, () => undefined))
    span.end()
    expect(span.trace).toMatchObject({ traceId: parent.traceId, flags: '00' })
    expect(recorded.spans).toEqual([])
  })

  it('nests what uses OpenTelemetry directly, and nests in it', async () => {
    const span = orders.tracing.start('POST /v1/orders', { kind: 'server' })
    await inCall(span, () =>
      openTelemetry.getTracer('score').startActiveSpan('score the customer', async (scoring) => {
        await Promise.resolve()
        annotate({ 'order.id': 'o-1' })
        expect(currentContext()).toMatchObject({ requestId: 'request-1', trace: { spanId: scoring.spanContext().spanId } })
        await inSpan('transaction', {}, async () => openTelemetry.getTracer('score').startSpan('look up').end())
        scoring.end()
      }),
    )
    span.end()
    expectTrace(recorded.spans).is({
      name: 'POST /v1/orders',
      children: [
        {
          name: 'score the customer',
          service: 'orders',
          attributes: { 'order.id': 'o-1' },
          children: [{ name: 'transaction', children: [{ name: 'look up', service: 'orders' }] }],
        },
      ],
    })
  })

  it('nests under a plain span that began outside of any call', () => {
    openTelemetry.getTracer('script').startActiveSpan('nightly', (nightly) => {
      const call = orders.tracing.start('orders.v1/placeOrder', { kind: 'client', parent: currentContext()?.trace })
      call.end()
      nightly.end()
    })
    expect(currentContext()).toBeUndefined()
    expectTrace(recorded.spans).is({ name: 'nightly', children: [{ name: 'orders.v1/placeOrder', service: 'orders' }] })
  })

  it('begins a trace where nothing is said of a parent', () => {
    const outer = orders.tracing.start('POST /v1/orders', { kind: 'server' })
    inCall(outer, () => payments.tracing.start('redeliver', { kind: 'consumer', links: [outer.trace] }).end())
    outer.end()
    expect(new Set(recorded.spans.map(({ traceId }) => traceId)).size).toBe(2)
    expect(recorded.lineage(outer.trace.traceId)).toHaveLength(2)
    expectTrace(recorded.lineage(outer.trace.traceId)).contains({ name: 'redeliver', links: ['POST /v1/orders'] })
  })

  it('names a span that nobody has ended', () => {
    const span = orders.tracing.start('POST /v1/orders', { kind: 'server' })
    expect(recorded.open).toEqual(['POST /v1/orders'])
    span.end()
  })

  it('lets nobody record a second time', () => {
    expect(() => recordSpans()).toThrow('telemetry is on already')
  })
})

it('takes the trace of the call, if there is no span', () => {
  using recorded = recordSpans()
  const trace = newTrace()
  runInContext({ requestId: 'request-1', trace }, () => {
    expect(inSpan('transaction', {}, () => currentContext()?.trace)).toBe(trace)
    openTelemetry.getTracer('score').startSpan('score').end()
  })
  expect(recorded.spans).toMatchObject([{ name: 'score', traceId: trace.traceId, parentSpanId: trace.spanId }])
})
