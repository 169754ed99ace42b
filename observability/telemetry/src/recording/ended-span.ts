import type { AttributeValue } from '../otlp/encode-attributes.ts'
import type { SpanKind } from '../tracing/span.ts'
import type { TraceContext } from '../trace-context.ts'

export type SpanAttributes = Readonly<Record<string, AttributeValue | undefined>>

/** Something that happened during a span: code that uses OpenTelemetry directly may say so. */
export interface SpanEvent {
  readonly name: string
  readonly atMs: number
  readonly attributes: SpanAttributes
}

/** A span that has ended, as whoever records it is told. Times are milliseconds since 1970, with fractions. */
export interface EndedSpan {
  readonly name: string
  readonly kind: SpanKind
  readonly trace: TraceContext
  readonly parent: TraceContext | undefined
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly attributes: SpanAttributes
  readonly links: readonly TraceContext[]
  readonly events: readonly SpanEvent[]
  readonly hasFailed: boolean
}

/** Records the spans of one service. */
export interface SpanRecorder {
  /** Whether a span is wanted, asked before it begins. */
  wants(traceId: string, parent: TraceContext | undefined): boolean
  /** Takes a span that has ended. Never throws, never waits. */
  take(span: EndedSpan): void
  /** Is told of each span that begins, where somebody looks for those that never end. */
  begun?(span: { readonly name: string; readonly trace: TraceContext }): void
}
