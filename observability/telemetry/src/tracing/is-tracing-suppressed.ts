import { createContextKey, type Context } from '@opentelemetry/api'

// keys of OpenTelemetry's contexts are the same wherever they are made of the same words
const suppressed = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING')

/** Tells whether spans are unwanted here: exporters ask for that around requests of their own. */
export function isTracingSuppressed(context: Context): boolean {
  return context.getValue(suppressed) === true
}
