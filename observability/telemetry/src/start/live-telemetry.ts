import { propagation } from '@opentelemetry/api'
import { flushOutput } from '../batched-output.ts'
import { currentContext } from '../call-context.ts'
import { shipWhereTaken, type OutletOptions } from '../logs/ship-where-taken.ts'
import { register, startedMark, type StartedTelemetry, type TracedService } from '../started.ts'
import type { SpanRecorder } from '../recording/ended-span.ts'
import { createTracing } from '../tracing/create-tracing.ts'
import { tracePropagator } from '../tracing/trace-propagator.ts'
import { watchListening, type ListeningOptions } from './listening.ts'
import { openRecorder, type Recorder } from './recorder.ts'
import type { Settings } from './settings.ts'
import { userTracer } from './user-tracer.ts'

/** Telemetry that sends what it records, for as long as the process lives. */
export interface LiveTelemetry extends StartedTelemetry {
  close(): Promise<void>
}

/**
 * Starts telemetry for the process and looks who listens, once before this resolves. While nobody does, spans are counted and
 * lines go to standard output only, as they do where logs are not taken. `undefined` when another OpenTelemetry has been set up:
 * then that one's place is not taken.
 */
export async function startTelemetry(
  settings: Settings,
  looking: Pick<ListeningOptions, 'everyMs'> & Pick<OutletOptions, 'askEveryMs'> = {},
): Promise<LiveTelemetry | undefined> {
  const { tracesUrl, logsUrl } = settings
  // one address to watch: traces and logs go to the same place, unless somebody says otherwise
  const watched = tracesUrl ?? logsUrl
  if (watched === undefined) return undefined
  const services = new Set<TracedService>()
  const other: TracedService = { name: settings.resource['service.name'] ?? 'unknown_service:node', dropped: () => undefined }
  let recorder: Recorder | undefined
  const outlet = logsUrl === undefined ? undefined : shipWhereTaken({ url: logsUrl, settings, onFailure, ...looking })

  const listening = watchListening(watched, {
    ...looking,
    async onBegin() {
      const asked = outlet?.begin()
      if (tracesUrl !== undefined) recorder ??= await openRecorder({ settings, url: tracesUrl, onFailure })
      await asked
    },
    onEnd: () => outlet?.end(),
  })
  function onFailure(): void {
    void listening.look()
  }

  function recorderFor(service: TracedService): SpanRecorder | undefined {
    services.add(service)
    return listening.isListening ? recorder?.recorderFor(service) : undefined
  }

  const live: LiveTelemetry = {
    [startedMark]: true,
    recorderFor,
    getTracer: (name, version) =>
      userTracer({ name, version }, () => {
        const here = currentContext()?.span?.tracing.service
        return createTracing([...services].find(({ name }) => here === undefined || here === name) ?? other)
      }),
    takeLines: (lines, count) => outlet?.take(lines, count),
    droppedLines: () => outlet?.dropped() ?? {},
    waitingLines: () => outlet?.waiting() ?? 0,
    async flush() {
      flushOutput()
      await Promise.allSettled([recorder?.flush(), outlet?.flush()])
    },
    async close() {
      flushOutput()
      registered?.close()
      listening.close()
      await Promise.allSettled([recorder?.close(), outlet?.close()])
    },
  }
  const registered = register(live)
  if (registered === undefined) {
    listening.close()
    return undefined
  }
  propagation.setGlobalPropagator(tracePropagator)
  await listening.look()
  return live
}
