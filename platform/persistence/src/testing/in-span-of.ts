import { createTelemetry, runInContext } from '@observability/telemetry'

/** Does something inside a span of a service, as a call that is traced does it, and gives the trace's id. */
export async function inSpanOf(service: string, name: string, work: () => Promise<unknown>): Promise<string> {
  const span = createTelemetry(service).tracing.start(name, { kind: 'internal' })
  try {
    await runInContext({ requestId: `request of ${name}`, trace: span.trace, span }, work)
  } finally {
    span.end()
  }
  return span.trace.traceId
}
