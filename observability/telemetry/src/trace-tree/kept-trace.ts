import type { LogRecord } from '../otlp/read-otlp.ts'
import type { SpanRecord } from './span-record.ts'

/** All that is known of one trace. */
export interface KeptTrace {
  readonly traceId: string
  readonly spans: readonly SpanRecord[]
  /** What was logged in it, oldest first. */
  readonly lines: readonly LogRecord[]
  /** Spans of other traces that link to it. */
  readonly linkedFrom: readonly SpanRecord[]
}
