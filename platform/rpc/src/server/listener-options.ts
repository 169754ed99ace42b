import type { Principal } from '@ashlar/security'
import type { Logger, Thrown } from '@observability/telemetry'
import type { Implementation } from './implementation.ts'

/** One answered operation, as it is told to whoever logs and counts. Told inside the call's context. */
export interface SettledCall {
  /** `orders.v1/placeOrder`, or the path that was asked for where nobody keeps it. */
  readonly operation: string
  readonly status: number
  /** Why it was not answered well: a declared error or a platform reason. */
  readonly reason: string | undefined
  /** What was thrown on the way to a failure that is no refusal. */
  readonly thrown?: Thrown | undefined
  readonly durationMs: number
  readonly principal: Principal
}

export interface RpcListenerOptions {
  readonly implementations: readonly Implementation[]
  /** Says who asks, for open operations too. Throws `RequestRefusedError` for credentials that do not hold, or are missing where they may not be. */
  readonly authenticate: (authorization: string | undefined, audience: string) => Promise<Principal>
  readonly logger: Logger
  /** `stock` serves everything by tRPC's own adapter, with the same answers. */
  readonly wire?: 'own' | 'stock'
  /** Largest body accepted, unless the operation hints otherwise; 1 MiB unless said. */
  readonly maxBodyBytes?: number
  readonly onSettled?: (settled: SettledCall) => void
  readonly streams?: StreamLimits
}

/** What bounds subscriptions. A stream that is ended by a bound is not finished: its caller comes back and resumes. */
export interface StreamLimits {
  /** Ends every open stream when it aborts, and each that is opened later. */
  readonly closing?: AbortSignal
  /** How long one may last, in milliseconds; ten minutes unless said. */
  readonly longestMs?: number
  /** How often one that has nothing to say shows that it lives, in milliseconds; every ten seconds unless said. */
  readonly pingEveryMs?: number
  /** How many may be open at once; 1,000 unless said. */
  readonly most?: number
  readonly onEnded?: (ended: EndedStream) => void
}

/** How a stream ended, as it is told to whoever logs. Told inside the call's context. */
export interface EndedStream {
  readonly operation: string
  /** `finished`: there is nothing more; `left`: its caller went away; `ended`: by a bound or a stop; `failed`: something was thrown. */
  readonly how: 'finished' | 'left' | 'ended' | 'failed'
  readonly items: number
  readonly durationMs: number
  readonly principal: Principal
}

export const defaultMaxBodyBytes = 1_048_576
