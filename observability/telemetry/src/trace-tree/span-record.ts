import type { SpanKind } from '../tracing/span.ts'

/** A span that has ended, whoever kept it. Times in milliseconds, with fractions. */
export interface SpanRecord {
  readonly traceId: string
  readonly spanId: string
  /** Absent where the trace begins. */
  readonly parentSpanId?: string
  readonly service: string
  readonly name: string
  readonly kind: SpanKind
  /** Since 1970, UTC. */
  readonly startedAtMs: number
  readonly durationMs: number
  readonly attributes: Readonly<Record<string, string | number | boolean>>
  readonly links: readonly SpanPlace[]
  /** Of a span that failed: the class of the failure. */
  readonly error?: string
}

/** Where a span is found. */
export interface SpanPlace {
  readonly traceId: string
  readonly spanId: string
}
