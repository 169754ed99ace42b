import { describe, expect, it } from 'vitest'
import { childOf, formatTraceparent, isSampled, newTrace, parseTraceparent, unsampled } from './trace-context.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const spanId = '00f067aa0ba902b7'

describe('a traceparent', () => {
  it('is read and written back the same', () => {
    const header = `00-${traceId}-${spanId}-01`
    const trace = parseTraceparent(header, 'vendor=1')
    expect(trace).toEqual({ traceId, spanId, flags: '01', state: 'vendor=1' })
    expect(trace === undefined ? '' : formatTraceparent(trace)).toBe(header)
  })

  it.each(['a\nb', 'a\u0000b', 'é=1', '', 'x'.repeat(513)])('is read without a state of %j', (state) => {
    expect(parseTraceparent(`00-${traceId}-${spanId}-01`, state)).toEqual({ traceId, spanId, flags: '01' })
  })

  it.each([
    ['with more to it', `cc-${traceId}-${spanId}-01-what-the-future-brings`],
    ['with nothing more', `01-${traceId}-${spanId}-01`],
  ])('of a later version %s is read by the parts this version knows', (_what, header) => {
    expect(parseTraceparent(header)).toEqual({ traceId, spanId, flags: '01' })
  })

  it.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['an all-zero trace', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['an all-zero span', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['the forbidden version', `ff-${traceId}-${spanId}-01`],
    ['this version with more to it', `00-${traceId}-${spanId}-01-more`],
    ['a later version that runs on', `cc-${traceId}-${spanId}-01.more`],
    ['capital letters', `00-${traceId.toUpperCase()}-${spanId}-01`],
    ['capital flags', `00-${traceId}-${spanId}-0A`],
    ['a short trace id', `00-${traceId.slice(1)}-${spanId}-01`],
    ['a long span id', `00-${traceId}-${spanId}0-01`],
    ['short flags', `00-${traceId}-${spanId}-1`],
    ['no flags', `00-${traceId}-${spanId}`],
    ['no hex', `00-${'g'.repeat(32)}-${spanId}-01`],
    ['spaces around it', ` 00-${traceId}-${spanId}-01 `],
    ['two of them', `00-${traceId}-${spanId}-01, 00-${traceId}-${spanId}-00`],
    ['something else', 'hello'],
  ])('that is %s is not believed', (_what, header) => {
    expect(parseTraceparent(header)).toBeUndefined()
  })

  it.each([
    ['00', false, '00'],
    ['01', true, '01'],
    ['02', false, '02'],
    ['03', true, '03'],
    ['ff', true, '03'],
    ['fe', false, '02'],
  ])('with flags %s: sampled %s, and only known flags go on', (flags, expected, passedOn) => {
    const trace = parseTraceparent(`00-${traceId}-${spanId}-${flags}`)
    expect(trace).toMatchObject({ flags: passedOn })
    expect(trace === undefined ? undefined : isSampled(trace)).toBe(expected)
  })
})

it('keeps the trace from step to step, under a span of its own', () => {
  const trace = { ...newTrace(), state: 'vendor=1' }
  const child = childOf(trace)
  expect(child).toMatchObject({ traceId: trace.traceId, flags: '01', state: 'vendor=1' })
  expect(child.spanId).not.toBe(trace.spanId)
  expect(parseTraceparent(formatTraceparent(child), 'vendor=1')).toEqual(child)
})

it('takes back the wish to be recorded, and nothing else', () => {
  expect(unsampled({ traceId, spanId, flags: '03', state: 'vendor=1' })).toEqual({ traceId, spanId, flags: '02', state: 'vendor=1' })
})
