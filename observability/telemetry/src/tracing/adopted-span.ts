import { ROOT_CONTEXT, SpanStatusCode, trace as openTelemetry, type Context, type Span } from '@opentelemetry/api'
import type { TraceContext } from '../trace-context.ts'
import type { Attributes } from '../vocabulary/attributes.ts'
import type { StartedSpan, Tracing } from './span.ts'

/** A span that code using OpenTelemetry directly has begun; what we do inside it nests under it. */
export class AdoptedSpan implements StartedSpan {
  readonly trace: TraceContext
  readonly tracing: Tracing
  readonly isRecording = true
  readonly #span: Span
  #context: Context | undefined

  constructor(span: Span, { trace, tracing }: Pick<StartedSpan, 'trace' | 'tracing'>) {
    this.#span = span
    this.trace = trace
    this.tracing = tracing
  }

  get openTelemetry(): Context {
    this.#context ??= openTelemetry.setSpan(ROOT_CONTEXT, this.#span)
    return this.#context
  }

  rename(name: string): void {
    this.#span.updateName(name)
  }

  set(attributes: Attributes): void {
    this.#span.setAttributes(attributes)
  }

  end(failure?: { readonly error: string }): void {
    if (failure !== undefined) {
      this.#span.setAttribute('error.type', failure.error)
      this.#span.setStatus({ code: SpanStatusCode.ERROR })
    }
    this.#span.end()
  }
}
