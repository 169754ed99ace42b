import { RecordedSpan } from '../recording/recorded-span.ts'
import { startedTelemetry, type TracedService } from '../started.ts'
import { childOf, newTrace, sampled, unsampled } from '../trace-context.ts'
import { IdsOnlySpan } from './ids-only-span.ts'
import type { StartedSpan, Tracing } from './span.ts'

/** Makes what starts a service's spans. Whether they are recorded is asked for each anew: telemetry may start later, or in a test. */
export function createTracing(service: TracedService): Tracing {
  const tracing: Tracing = {
    service: service.name,
    start(name, options): StartedSpan {
      const { parent } = options
      const started = startedTelemetry()
      // off here, perhaps not elsewhere: what others decided of a trace is passed on, one that begins here is recorded by nobody
      if (started === undefined) return new IdsOnlySpan(parent === undefined ? unsampled(newTrace()) : childOf(parent), tracing)
      const recorder = started.recorderFor(service)
      const ids = parent === undefined ? newTrace() : childOf(parent)
      if (recorder === undefined) service.dropped('not_listening', 1)
      if (recorder?.wants(ids.traceId, parent) !== true) return new IdsOnlySpan(unsampled(ids), tracing)
      return new RecordedSpan(name, options, { trace: sampled(ids), tracing, recorder })
    },
  }
  return tracing
}
