import { SpanStatusCode, type Span } from '@opentelemetry/api'
import { errorTypeOf } from '../tracing/error-type.ts'
import { spanContextOf, traceOf } from '../tracing/span-context.ts'
import { attributesOf } from './attributes-of.ts'
import type { RecordedSpan } from './recorded-span.ts'
import { isTime, timeOf } from './time-of.ts'

/**
 * Shows a span to code that uses OpenTelemetry directly. Of errors and statuses only the class is kept: their messages may hold
 * somebody's data.
 */
export function shownSpan(span: RecordedSpan, onEnd: Span['end']): Span {
  const ids = spanContextOf(span.trace, { isRemote: false })
  function also(work: () => void): Span {
    work()
    return shown
  }
  const shown: Span = {
    spanContext: () => ids,
    isRecording: () => span.isRecording,
    setAttribute: (name, value) => also(() => span.set(attributesOf({ [name]: value }))),
    setAttributes: (attributes) => also(() => span.set(attributesOf(attributes))),
    addEvent: (name, said, at) =>
      also(() => {
        const hasTime = isTime(said)
        span.add({ name, atMs: timeOf(hasTime ? said : at), attributes: attributesOf(hasTime ? undefined : said) })
      }),
    addLink: ({ context }) => also(() => span.link(traceOf(context))),
    addLinks: (links: readonly { context: Parameters<typeof traceOf>[0] }[]) =>
      also(() => {
        for (const { context } of links) span.link(traceOf(context))
      }),
    setStatus: ({ code }) =>
      also(() => {
        if (code !== SpanStatusCode.UNSET) span.mark({ hasFailed: code === SpanStatusCode.ERROR })
      }),
    updateName: (name) => also(() => span.rename(name)),
    end: onEnd,
    recordException(thrown, at) {
      span.add({ name: 'exception', atMs: timeOf(at), attributes: { 'exception.type': errorTypeOf(thrown) } })
    },
  }
  return shown
}
