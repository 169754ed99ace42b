import { context, trace, type TracerProvider } from '@opentelemetry/api'
import type { SpanRecorder } from './recording/ended-span.ts'
import { contextFromCalls } from './tracing/context-from-calls.ts'

/** Why something was not recorded, or was recorded and lost. */
export type DropReason = 'not_listening' | 'queue_full' | 'export_failed'

/** One service of the process, as its spans and logs name it. */
export interface ServiceIdentity {
  readonly name: string
  readonly version?: string | undefined
  /** One of several instances of it; the process, unless said. */
  readonly instanceId?: string | undefined
}

/** A service that records spans, and wants to know of those that are lost. */
export interface TracedService extends ServiceIdentity {
  dropped(reason: DropReason, spans: number): void
}

/** What `@observability/telemetry/start`, or a test, hands to OpenTelemetry as its tracer provider. */
export interface StartedTelemetry extends TracerProvider {
  readonly [startedMark]: true
  /** Gives what records the spans of a service; `undefined` while nothing listens. */
  recorderFor(service: TracedService): SpanRecorder | undefined
  /** Takes so many lines of log, each ended by a newline, already redacted. Never blocks; drops what it cannot keep up with. */
  takeLines(lines: string, count: number): void
  /** How many lines were dropped since the start. */
  droppedLines(): Readonly<Partial<Record<DropReason, number>>>
  /** How many are on their way. */
  waitingLines(): number
  /** Sends what has been recorded so far. Never rejects, and gives up after a few seconds. */
  flush(): Promise<void>
}

export const startedMark = Symbol.for('@observability/telemetry.started')

/** Gives what was started in this process, if telemetry is on. OpenTelemetry's global remembers it; we do not. */
export function startedTelemetry(): StartedTelemetry | undefined {
  const provider: TracerProvider & { getDelegate?: () => TracerProvider } = trace.getTracerProvider()
  const registered = provider.getDelegate?.() ?? provider
  return startedMark in registered ? (registered as StartedTelemetry) : undefined
}

/** Hands telemetry to OpenTelemetry, for the whole process. Gives back what takes it away again; `undefined` when the place is taken. */
export function register(started: StartedTelemetry): { close(): void } | undefined {
  if (!trace.setGlobalTracerProvider(started)) return undefined
  context.setGlobalContextManager(contextFromCalls)
  const close = (): void => {
    trace.disable()
    context.disable()
  }
  return { close }
}
