import { trace, type Tracer, type TracerProvider } from '@opentelemetry/api'

/** What `@observability/telemetry/start`, or a test, hands to OpenTelemetry as its tracer provider. */
export interface StartedTelemetry extends TracerProvider {
  readonly [startedMark]: true
  /** Gives what records the spans of a service; `undefined` while nothing listens. */
  tracerFor(service: ServiceIdentity): Tracer | undefined
  /** Takes one line of a service's log, already redacted; never blocks, drops when it cannot keep up. */
  takeLine(service: ServiceIdentity, line: string): void
  /** Sends what has been recorded so far. Never rejects, and gives up after a few seconds. */
  flush(): Promise<void>
}

/** One service of the process, as its spans and logs name it. */
export interface ServiceIdentity {
  readonly name: string
  readonly version?: string | undefined
  readonly instanceId?: string | undefined
}

export const startedMark = Symbol.for('@observability/telemetry.started')

/** Gives what was started in this process, if telemetry is on. OpenTelemetry's global remembers it; we do not. */
export function startedTelemetry(): StartedTelemetry | undefined {
  const provider: TracerProvider & { getDelegate?: () => TracerProvider } = trace.getTracerProvider()
  const registered = provider.getDelegate?.() ?? provider
  return startedMark in registered ? (registered as StartedTelemetry) : undefined
}
