import type { TraceContext } from '../trace-context.ts'
import type { StartedSpan, Tracing } from './span.ts'

/** A span that nobody records: it only carries ids on. */
export class IdsOnlySpan implements StartedSpan {
  readonly trace: TraceContext
  readonly tracing: Tracing
  readonly isRecording = false

  constructor(trace: TraceContext, tracing: Tracing) {
    this.trace = trace
    this.tracing = tracing
  }

  rename(): void {}

  set(): void {}

  end(): void {}
}
