import { ROOT_CONTEXT, trace as openTelemetry, type Context } from '@opentelemetry/api'
import type { SpanKind, SpanOptions, StartedSpan, Tracing } from '../tracing/span.ts'
import type { TraceContext } from '../trace-context.ts'
import type { Attributes } from '../vocabulary/attributes.ts'
import type { EndedSpan, SpanAttributes, SpanEvent, SpanRecorder } from './ended-span.ts'
import { shownSpan } from './shown-span.ts'
import { wallClockMs } from './wall-clock.ts'

const none: readonly never[] = []
const nothing = {}

/** Where a span stands, and who wants it. */
export interface SpanPlacing {
  readonly trace: TraceContext
  readonly tracing: Tracing
  readonly recorder: SpanRecorder
}

/** A span that is recorded. It is handed over when it ends; what is said of it afterwards is lost. */
export class RecordedSpan implements StartedSpan, EndedSpan {
  readonly trace: TraceContext
  readonly tracing: Tracing
  readonly kind: SpanKind
  readonly parent: TraceContext | undefined
  readonly startedAtMs: number
  name: string
  attributes: SpanAttributes
  links: readonly TraceContext[]
  events: readonly SpanEvent[] = none
  hasFailed = false
  readonly #recorder: SpanRecorder
  /** Absent where it began before it was known of. */
  readonly #begunAt: number | undefined
  #tookMs: number | undefined
  #context: Context | undefined

  constructor(name: string, { kind, parent, attributes, startedAtMs, links }: SpanOptions, { trace, tracing, recorder }: SpanPlacing) {
    const now = performance.now()
    this.name = name
    this.kind = kind
    this.trace = trace
    this.parent = parent
    this.attributes = attributes ?? nothing
    this.links = links ?? none
    this.tracing = tracing
    this.startedAtMs = startedAtMs ?? wallClockMs(now)
    this.#begunAt = startedAtMs === undefined ? now : undefined
    this.#recorder = recorder
    recorder.begun?.(this)
  }

  get isRecording(): boolean {
    return this.#tookMs === undefined
  }

  get endedAtMs(): number {
    return this.startedAtMs + (this.#tookMs ?? 0)
  }

  get openTelemetry(): Context {
    // whoever began it ends it, not who only sees it
    this.#context ??= openTelemetry.setSpan(
      ROOT_CONTEXT,
      shownSpan(this, () => undefined),
    )
    return this.#context
  }

  rename(name: string): void {
    if (this.isRecording) this.name = name
  }

  set(attributes: Attributes | SpanAttributes): void {
    if (this.isRecording) this.attributes = { ...this.attributes, ...attributes }
  }

  add(event: SpanEvent): void {
    if (this.isRecording) this.events = [...this.events, event]
  }

  link(to: TraceContext): void {
    if (this.isRecording) this.links = [...this.links, to]
  }

  mark({ hasFailed }: { readonly hasFailed: boolean }): void {
    if (this.isRecording) this.hasFailed = hasFailed
  }

  end(failure?: { readonly error: string }): void {
    if (failure !== undefined) {
      this.set({ 'error.type': failure.error })
      this.mark({ hasFailed: true })
    }
    if (this.#begunAt === undefined) this.endAt(Date.now())
    else this.#hand(performance.now() - this.#begunAt)
  }

  /** Ends it at a time in milliseconds since 1970; never before it began. */
  endAt(endedAtMs: number): void {
    this.#hand(Math.max(0, endedAtMs - this.startedAtMs))
  }

  #hand(tookMs: number): void {
    if (!this.isRecording) return
    this.#tookMs = tookMs
    this.#recorder.take(this)
  }
}
