import type { Level, Refusal } from './compare-shapes.ts'
import type { CarriedWitness } from './protobuf/carried-witness.ts'
import type { Step } from './schemas/difference.ts'
import type { Witness } from './find-witness.ts'

/** The part of a contract a finding is about. */
export type Place =
  | { readonly part: 'contract' }
  | { readonly part: 'operation' | 'input' | 'output'; readonly operation: string }
  | { readonly part: 'error'; readonly operation: string; readonly code: string }
  | { readonly part: 'event'; readonly event: string; readonly subject: string }
  | { readonly part: 'data'; readonly event: string; readonly subject: string }

/** One change of a contract, judged. */
export interface Change {
  /** `orders.v1`. */
  readonly contract: string
  readonly place: Place
  readonly level: Level
  /** Inside the shape; empty for what is no shape. */
  readonly path: readonly Step[]
  readonly aspect: string
  /** What became of it, to stand after the path or the part: `was removed`. */
  readonly said: string
  /** Present when a shape breaks. */
  readonly refusal?: Refusal
  readonly witness?: Witness
  /** Present when protobuf breaks: bytes that show it. */
  readonly carried?: CarriedWitness
}

/** A consumer whose pact reads, or writes, what a finding is about. */
export interface Reader {
  readonly consumer: string
  /** Descriptions of the interactions that do. */
  readonly interactions: readonly string[]
}

/** A change with the name it can be waived by and those it concerns. */
export interface Finding extends Change {
  readonly id: string
  readonly readers: readonly Reader[]
}
