import type { AnyEvent } from './event.ts'
import type { AnyOperation } from './operation.ts'

/** A contract as it was written, before anybody has looked at it. */
export interface Draft {
  readonly name: string
  readonly version: number
  readonly operations: Readonly<Record<string, AnyOperation>>
  readonly events: Readonly<Record<string, AnyEvent>>
}
