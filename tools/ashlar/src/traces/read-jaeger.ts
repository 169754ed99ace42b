import type { SpanRecord } from '@observability/telemetry/trace-tree'

interface JaegerSpan {
  readonly traceID: string
  readonly spanID: string
  readonly operationName: string
  readonly references?: readonly { readonly refType: string; readonly traceID: string; readonly spanID: string }[] | null
  /** In microseconds. */
  readonly startTime: number
  readonly duration: number
  readonly tags?: readonly { readonly key: string; readonly value: string | number | boolean }[] | null
  readonly processID: string
}

/** A trace as Jaeger's API tells it. */
export interface JaegerTrace {
  readonly traceID: string
  readonly spans: readonly JaegerSpan[]
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>
}

const kinds: readonly SpanRecord['kind'][] = ['server', 'client', 'producer', 'consumer']
// What Jaeger adds to say what OTLP has fields for.
const added = /^(?:span\.kind|error|otel\.(?:status_code|status_description|scope\..+)|internal\.span\.format|w3c\.tracestate)$/

/** Gives a trace's spans as everybody else here has them. */
export function spansOf({ spans, processes }: JaegerTrace): SpanRecord[] {
  return spans.map((span) => {
    const tags: Readonly<Record<string, string | number | boolean>> = Object.fromEntries(
      (span.tags ?? []).map(({ key, value }) => [key, value]),
    )
    const references = span.references ?? []
    const parent = references.find(({ refType, traceID }) => refType === 'CHILD_OF' && traceID === span.traceID)
    const hasFailed = tags['error'] === true || tags['otel.status_code'] === 'ERROR'
    return {
      traceId: span.traceID,
      spanId: span.spanID,
      ...(parent === undefined ? {} : { parentSpanId: parent.spanID }),
      service: processes[span.processID]?.serviceName ?? 'unknown_service',
      name: span.operationName,
      kind: kinds.find((kind) => kind === tags['span.kind']) ?? 'internal',
      startedAtMs: span.startTime / 1_000,
      durationMs: span.duration / 1_000,
      attributes: Object.fromEntries(Object.entries(tags).filter(([name]) => !added.test(name))),
      links: references.filter((link) => link !== parent).map(({ traceID, spanID }) => ({ traceId: traceID, spanId: spanID })),
      ...(hasFailed ? { error: String(tags['error.type'] ?? tags['otel.status_description'] ?? 'unknown') } : {}),
    }
  })
}
