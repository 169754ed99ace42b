import type { KeptTrace, TraceSummary } from '@observability/telemetry/trace-tree'

/** Which traces are asked for. */
export interface TraceQuery {
  readonly service?: string | undefined
  readonly minDurationMs?: number | undefined
  readonly errors: 'only' | 'any'
  readonly limit: number
}

export type FoundTrace =
  | { readonly kind: 'found'; readonly trace: KeptTrace }
  | { readonly kind: 'ambiguous'; readonly traceIds: readonly string[] }
  | { readonly kind: 'unknown'; readonly why: string }

/** Where traces are looked up. What it does not reach it throws as `RefusedError`. */
export interface TraceSource {
  /** Lists traces, the latest first. */
  list(query: TraceQuery): Promise<readonly TraceSummary[]>
  /** Finds one by its id or the beginning of it, in small hexadecimal digits. */
  find(beginning: string): Promise<FoundTrace>
}
