import { describe, expect, it } from 'vitest'
import { childOf, formatTraceparent, newTrace, parseTraceparent } from './trace-context.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const spanId = '00f067aa0ba902b7'

describe('a traceparent', () => {
  it('is read and written back the same', () => {
    const header = `00-${traceId}-${spanId}-01`
    const trace = parseTraceparent(header, 'vendor=1')
    expect(trace).toEqual({ traceId, spanId, flags: '01', state: 'vendor=1' })
    expect(trace === undefined ? '' : formatTraceparent(trace)).toBe(header)
  })

  it('of a later version is read by the parts this version knows', () => {
    expect(parseTraceparent(`cc-${traceId}-${spanId}-01-what-the-future-brings`)).toMatchObject({ traceId, spanId })
  })

  it.each([
    ['nothing', undefined],
    ['an all-zero trace', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['an all-zero span', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['the forbidden version', `ff-${traceId}-${spanId}-01`],
    ['capital letters', `00-${traceId.toUpperCase()}-${spanId}-01`],
    ['a short id', `00-${traceId.slice(1)}-${spanId}-01`],
    ['something else', 'hello'],
  ])('that is %s is not believed', (_what, header) => {
    expect(parseTraceparent(header)).toBeUndefined()
  })
})

it('keeps the trace from step to step, under a span of its own', () => {
  const trace = newTrace()
  const child = childOf(trace)
  expect(child.traceId).toBe(trace.traceId)
  expect(child.spanId).not.toBe(trace.spanId)
  expect(parseTraceparent(formatTraceparent(child))).toEqual(child)
})
