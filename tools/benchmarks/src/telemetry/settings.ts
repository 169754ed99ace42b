import type { Own } from './ways.ts'

/** What the benchmark tells a process when it starts it. */
export interface SideSettings {
  readonly own: Own
  readonly keys: { readonly own: string; readonly all: string }
  /** Where the other side listens; absent for the side that is called. */
  readonly port?: number
  /** Where somebody listens who does nothing but answer. */
  readonly rawPort?: number
}
