export { currentContext, runInContext, type CallContext } from './call-context.ts'
export { describeThrown, type Thrown } from './describe-thrown.ts'
export { contextHeaders } from './headers.ts'
export { createLogger, type Logger, type LoggerOptions } from './logger.ts'
export { type Collecting, type Metrics, type Reading, type RenderedMetrics } from './metrics/metrics.ts'
export { openProcessMetrics, type ProcessMetrics } from './metrics/process-metrics.ts'
export { renderMetrics } from './metrics/render-metrics.ts'
export { http } from './node-http.ts'
export { createTelemetry, type Telemetry } from './telemetry.ts'
export { childOf, formatTraceparent, isSampled, newTrace, parseTraceparent, type TraceContext } from './trace-context.ts'
export { errorTypeOf } from './tracing/error-type.ts'
export { annotate, inSpan, type PartOptions } from './tracing/in-span.ts'
export { type SpanKind, type SpanOptions, type StartedSpan, type Tracing } from './tracing/span.ts'
export { attributeVocabulary, type AttributeName, type Attributes } from './vocabulary/attributes.ts'
export { labelVocabulary, type LabelName, type LabelValue } from './vocabulary/labels.ts'
export {
  metricVocabulary,
  type CounterName,
  type GaugeName,
  type HistogramName,
  type LabelsOf,
  type MetricDeclaration,
  type MetricName,
} from './vocabulary/metrics.ts'
