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
}

export const defaultMaxBodyBytes = 1_048_576
