import { createMetrics } from './metrics/create-metrics.ts'
import type { Metrics } from './metrics/metrics.ts'
import { startedTelemetry, type DropReason, type ServiceIdentity } from './started.ts'
import { createTracing } from './tracing/create-tracing.ts'
import type { Tracing } from './tracing/span.ts'

/** What one service is seen by. A process may hold several services, each with its own. */
export interface Telemetry {
  readonly service: string
  readonly tracing: Tracing
  readonly metrics: Metrics
  /** Sends what has been recorded so far: the last thing a service does. Never rejects, and gives up after a few seconds. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Makes the telemetry of a service. It costs next to nothing until `@observability/telemetry/start` has run in the process. */
export function createTelemetry(service: string, identity: Omit<ServiceIdentity, 'name'> = {}): Telemetry {
  const metrics = createMetrics({ labels: { service } })
  const dropped = (reason: DropReason, spans: number): void => metrics.count('telemetry_spans_dropped_total', { reason }, spans)
  const tracing = createTracing({ ...identity, name: service, dropped })
  const close = async (): Promise<void> => startedTelemetry()?.flush()
  return { service, tracing, metrics, close, [Symbol.asyncDispose]: close }
}
