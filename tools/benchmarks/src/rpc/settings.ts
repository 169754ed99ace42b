import type { ClientName } from './clients/client-names.ts'
import type { ServerName } from './servers/server-names.ts'
import type { Care, Group } from './ways.ts'

/** What the benchmark tells a process when it starts it. */
export interface SideSettings {
  readonly group: Group
  readonly care: Care
  readonly server: ServerName
  readonly client: ClientName
  readonly keys: { readonly orders: string; readonly catalogue: string; readonly all: string }
  /** Where the other side listens; absent for the side that is called. */
  readonly port?: number
}
