import type { Tracer } from '@opentelemetry/api'
import { ExportResultCode } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace'
import { newSpanId, newTraceId } from '../random-ids.ts'
import type { TracedService } from '../started.ts'
import { countingMeters } from './counting-meters.ts'
import { samplerOf } from './sampler.ts'
import type { Settings } from './settings.ts'

// The only file that loads OpenTelemetry's SDK: it is imported when somebody listens, and not before.

/** Records the spans of this process's services and sends them, each service with a queue of its own. */
export interface Recorder {
  tracerFor(service: TracedService, scope?: { readonly name: string; readonly version?: string | undefined }): Tracer
  flush(): Promise<void>
  close(): Promise<void>
}

// Longer values are cut: a trace is no place for documents.
const longestValue = 2048

export interface RecorderOptions {
  readonly settings: Settings
  readonly url: URL
  /** Called when spans could not be delivered. */
  readonly onFailure: () => void
}

/** Opens a recorder. It holds one connection, and keeps no process alive. */
export function openRecorder({ settings, url, onFailure }: RecorderOptions): Recorder {
  const { headers, timeoutMs: timeoutMillis } = settings
  const exporter = shared(new OTLPTraceExporter({ url: url.href, headers: { ...headers }, timeoutMillis }), onFailure)
  const sampler = samplerOf(settings.sampler)
  const providers = new Map<TracedService, TracerProvider>()
  const tracers = new Map<TracedService, Tracer>()

  function providerOf(service: TracedService): TracerProvider {
    const known = providers.get(service)
    if (known !== undefined) return known
    const provider = new TracerProvider({
      resource: defaultResource().merge(resourceFromAttributes(resourceOf(settings, service))),
      sampler,
      idGenerator: { generateTraceId: newTraceId, generateSpanId: newSpanId },
      spanLimits: { attributeValueLengthLimit: longestValue },
      spanProcessors: [new BatchSpanProcessor({ ...settings.batch, exporter, selfObsMeterProvider: countingMeters(service) })],
    })
    providers.set(service, provider)
    return provider
  }

  // asked for with each span
  function ownTracerOf(service: TracedService): Tracer {
    const known = tracers.get(service)
    if (known !== undefined) return known
    const tracer = providerOf(service).getTracer('@observability/telemetry')
    tracers.set(service, tracer)
    return tracer
  }

  return {
    tracerFor: (service, scope) => (scope === undefined ? ownTracerOf(service) : providerOf(service).getTracer(scope.name, scope.version)),
    async flush() {
      await Promise.allSettled([...providers.values()].map((provider) => provider.forceFlush({ timeoutMillis })))
    },
    async close() {
      await Promise.allSettled([...providers.values()].map((provider) => provider.shutdown()))
      providers.clear()
      tracers.clear()
      await exporter.close()
    },
  }
}

function resourceOf({ resource }: Settings, { name, version, instanceId }: TracedService): Record<string, string> {
  return {
    ...resource,
    'service.name': name,
    ...(version === undefined ? {} : { 'service.version': version }),
    ...(instanceId === undefined ? {} : { 'service.instance.id': instanceId }),
  }
}

/** One exporter for several queues: it is closed when all are, and says when it failed. */
function shared(exporter: SpanExporter, onFailure: () => void): SpanExporter & { close(): Promise<void> } {
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.code !== ExportResultCode.SUCCESS) onFailure()
        done(result)
      })
    },
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => Promise.resolve(),
    close: () => exporter.shutdown(),
  }
}
