export { type SpanPlace, type SpanRecord } from '../trace-tree/span-record.ts'
export { expectTrace, TraceMismatchError, type TraceExpectations } from './expect-trace.ts'
export { type ExpectedSpan } from './match-tree.ts'
export { recordSpans, type RecordedSpans } from './record-spans.ts'
