import type { Sink } from '../sink.ts'

// nobody listens there: it is reserved
const nobody = 'http://127.0.0.1:1'

/** Says, in OpenTelemetry's words, where a process sends what it records, and in what portions. */
export function whereToSend(way: { readonly name: string; readonly isHeard: boolean }, sink: Sink): Readonly<Record<string, string>> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: way.isHeard ? sink.urlFor(way.name) : nobody,
    // what the guide of either says for production: the default queue would drop spans that then cost nothing
    OTEL_BSP_MAX_QUEUE_SIZE: '8192',
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '1024',
    OTEL_BSP_SCHEDULE_DELAY: '2000',
  }
}
