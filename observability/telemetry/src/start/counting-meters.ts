import { createNoopMeter, type Attributes, type Counter, type MeterProvider } from '@opentelemetry/api'
import type { TracedService } from '../started.ts'

const processed = 'otel.sdk.processor.span.processed'

/** Listens to what OpenTelemetry's queue says of itself, for the spans it lost; all else it measures is not kept. */
export function countingMeters(service: TracedService): MeterProvider {
  const lost: Counter = {
    add(spans: number, attributes: Attributes = {}) {
      const error = attributes['error.type']
      if (error !== undefined) service.dropped(error === 'queue_full' ? 'queue_full' : 'export_failed', spans)
    },
  }
  const silent = createNoopMeter()
  const createCounter: typeof silent.createCounter = (name, options) => (name === processed ? lost : silent.createCounter(name, options))
  return { getMeter: () => Object.assign(Object.create(silent) as typeof silent, { createCounter }) }
}
