import { defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT, trace, type Context } from '@opentelemetry/api'
import { suppressTracing, W3CTraceContextPropagator } from '@opentelemetry/core'
import { describe, expect, it } from 'vitest'
import { tracePropagator } from './trace-propagator.ts'

const theirs = new W3CTraceContextPropagator()
const [traceId, spanId] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7']

const extracted = (by: typeof theirs | typeof tracePropagator, headers: Record<string, string | string[]>) => {
  const found = trace.getSpanContext(by.extract(ROOT_CONTEXT, headers, defaultTextMapGetter))
  return found && { ...found, traceState: found.traceState?.serialize() }
}
const injected = (by: typeof theirs | typeof tracePropagator, context: Context) => {
  const headers: Record<string, string> = {}
  by.inject(context, headers, defaultTextMapSetter)
  return headers
}

describe('a trace in headers, for code that uses OpenTelemetry directly', () => {
  it.each([
    { traceparent: `00-${traceId}-${spanId}-01` },
    { traceparent: `00-${traceId}-${spanId}-00`, tracestate: 'vendor=1,other=2' },
    { traceparent: [`00-${traceId}-${spanId}-01`], tracestate: ['vendor=1', 'other=2'] },
    { traceparent: `00-${'0'.repeat(32)}-${spanId}-01` },
    { traceparent: `ff-${traceId}-${spanId}-01` },
    { traceparent: 'nonsense' },
    {},
  ])('reads %j as OpenTelemetry does', (headers) => {
    expect(extracted(tracePropagator, headers)).toEqual(extracted(theirs, headers))
  })

  it('writes what OpenTelemetry writes', () => {
    const headers = { traceparent: `00-${traceId}-${spanId}-01`, tracestate: 'vendor=1,other=2' }
    const context = tracePropagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter)
    expect(injected(tracePropagator, context)).toEqual(headers)
    expect(injected(theirs, context)).toEqual(headers)
    expect(tracePropagator.fields()).toEqual(theirs.fields())
  })

  it('writes nothing where there is no span, or none is wanted', () => {
    const headers = { traceparent: `00-${traceId}-${spanId}-01` }
    const context = tracePropagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter)
    for (const none of [ROOT_CONTEXT, suppressTracing(context)]) expect(injected(tracePropagator, none)).toEqual({})
  })
})
