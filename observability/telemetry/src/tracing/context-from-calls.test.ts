import { EventEmitter } from 'node:events'
import { context, createContextKey, propagation, ROOT_CONTEXT, trace as openTelemetry } from '@opentelemetry/api'
import { isTracingSuppressed, suppressTracing } from '@opentelemetry/core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { currentContext, runInContext } from '../call-context.ts'
import { createTelemetry } from '../telemetry.ts'
import { recordSpans, type RecordedSpans } from '../testing/index.ts'
import { inCall } from '../testing/in-call.ts'
import { childOf } from '../trace-context.ts'

const { tracing } = createTelemetry('orders')
let recorded: RecordedSpans
beforeEach(() => (recorded = recordSpans()))
afterEach(() => recorded.close())

it('is empty where nothing happens', () => {
  expect(context.active()).toBe(ROOT_CONTEXT)
})

it('gives exactly the context it was given, inside a call and outside', async () => {
  const key = createContextKey('baggage of a test')
  const given = propagation.setBaggage(ROOT_CONTEXT.setValue(key, 'here'), propagation.createBaggage())
  await context.with(given, async () => {
    await Promise.resolve()
    expect(context.active()).toBe(given)
    expect(currentContext()).toBeUndefined()
  })
  const span = tracing.start('POST /v1/orders', { kind: 'server' })
  inCall(span, () => context.with(given, () => expect(context.active()).toBe(given)))
  span.end()
})

it('keeps the call when only something is added to its context', () => {
  const span = tracing.start('POST /v1/orders', { kind: 'server' })
  inCall(span, () => {
    context.with(suppressTracing(context.active()), () => {
      expect(isTracingSuppressed(context.active())).toBe(true)
      expect(currentContext()?.requestId).toBe('request-1')
      expect(currentContext()?.trace).toBe(span.trace)
      expect(currentContext()?.span).toBe(span)
    })
    expect(isTracingSuppressed(context.active())).toBe(false)
  })
  span.end()
})

it('forgets a context once the call has gone a step further', () => {
  const span = tracing.start('POST /v1/orders', { kind: 'server' })
  inCall(span, () => {
    context.with(suppressTracing(context.active()), () => {
      const call = currentContext()
      if (call === undefined) throw new TypeError('the call is lost')
      runInContext({ ...call, trace: childOf(call.trace) }, () => {
        expect(isTracingSuppressed(context.active())).toBe(false)
        expect(openTelemetry.getActiveSpan()?.spanContext().spanId).toBe(currentContext()?.trace.spanId)
      })
    })
  })
  span.end()
})

it('binds functions, with what they are called on and with', () => {
  const span = tracing.start('POST /v1/orders', { kind: 'server' })
  const bound = inCall(span, () =>
    context.bind(context.active(), function (this: { name: string }, word: string) {
      return [this.name, word, openTelemetry.getActiveSpan()?.spanContext().spanId]
    }),
  )
  expect(bound.call({ name: 'ada' }, 'hello')).toEqual(['ada', 'hello', span.trace.spanId])
  span.end()
})

it('leaves emitters as they are', () => {
  const emitter = new EventEmitter()
  expect(context.bind(ROOT_CONTEXT, emitter)).toBe(emitter)
})
