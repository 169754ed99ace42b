import { flushOutput } from '../batched-output.ts'
import { currentContext } from '../call-context.ts'
import type { SpanRecorder } from '../recording/ended-span.ts'
import { register, startedMark, type ServiceIdentity, type StartedTelemetry } from '../started.ts'
import { userTracer } from '../start/user-tracer.ts'
import { wantsOf } from '../start/sampler.ts'
import type { SpanRecord } from '../trace-tree/span-record.ts'
import { serviceOf } from '../logs/otlp-logs.ts'
import { createTracing } from '../tracing/create-tracing.ts'
import { recordOf } from './record-of.ts'

/** What the services of this process recorded while a test ran. */
export interface RecordedSpans extends Disposable {
  /** Those that have ended, in that order. */
  readonly spans: readonly SpanRecord[]
  /** Names of those that were started and have not ended: forgotten, or still at work. */
  readonly open: readonly string[]
  /** Lines of every logger, as they would leave the process. */
  readonly lines: readonly { readonly service: string; readonly line: string }[]
  trace(traceId: string): SpanRecord[]
  /** Spans of a trace and of all that are linked to or from it, however far: what one request led to. */
  lineage(traceId: string): SpanRecord[]
  clear(): void
  /** Switches telemetry off again. */
  close(): void
}

/**
 * Switches telemetry on for this process and keeps all it records in memory, every trace sampled. The services' telemetry
 * may have been made before. Throws when something records already: end that first.
 */
export function recordSpans(): RecordedSpans {
  const spans: SpanRecord[] = []
  const open = new Map<string, string>()
  const lines: { service: string; line: string }[] = []
  const wants = wantsOf({ followsParent: true, ratio: 1 })
  const recorderFor = ({ name: service }: ServiceIdentity): SpanRecorder => ({
    wants,
    begun: ({ name, trace }) => void open.set(trace.spanId, name),
    take(span) {
      open.delete(span.trace.spanId)
      spans.push(recordOf(service, span))
    },
  })

  const started: StartedTelemetry = {
    [startedMark]: true,
    recorderFor,
    getTracer: (name, version) =>
      userTracer({ name, version }, () =>
        createTracing({ name: currentContext()?.span?.tracing.service ?? 'unknown_service', dropped: () => undefined }),
      ),
    takeLines: (said) => void lines.push(...said.split('\n').flatMap(readOwn)),
    droppedLines: () => ({}),
    waitingLines: () => 0,
    flush: () => Promise.resolve(),
  }
  const registered = register(started)
  if (registered === undefined) throw new Error('telemetry is on already in this process: close what records first')

  const close = (): void => {
    flushOutput()
    registered.close()
  }
  const trace = (traceId: string): SpanRecord[] => spans.filter((span) => span.traceId === traceId)
  return {
    spans,
    get open() {
      return [...open.values()]
    },
    get lines() {
      flushOutput()
      return lines
    },
    trace,
    lineage(traceId) {
      const seen = new Set([traceId])
      // a set may grow while it is walked
      for (const reached of seen) {
        for (const span of spans) {
          if (span.traceId === reached) for (const link of span.links) seen.add(link.traceId)
          else if (span.links.some((link) => link.traceId === reached)) seen.add(span.traceId)
        }
      }
      return spans.filter((span) => seen.has(span.traceId))
    },
    clear() {
      flushOutput()
      spans.length = 0
      lines.length = 0
      open.clear()
    },
    close,
    [Symbol.dispose]: close,
  }
}

function readOwn(line: string): RecordedSpans['lines'] {
  return line === '' ? [] : [{ service: serviceOf(line) ?? 'unknown_service', line }]
}
