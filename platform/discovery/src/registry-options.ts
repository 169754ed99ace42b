import type { Logger } from '@observability/telemetry'

/** The Consul ACL token: the text itself, or a file that is read again for each request, so that it can be rotated. */
export type RegistryToken = string | { readonly file: string }

export interface RegistryOptions {
  readonly logger: Logger
  /** Sent as `X-Consul-Token`; without it requests are anonymous. The file backend has no use for it. */
  readonly token?: RegistryToken
  /** Milliseconds between two readiness checks of an instance registered here; 2,000 unless said, 1,000 at least with Consul. */
  readonly checkIntervalMs?: number
}
