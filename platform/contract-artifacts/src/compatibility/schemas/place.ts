import type { Difference, Step } from './difference.ts'
import type { SchemaNode } from './schema-node.ts'

/** Two versions of a schema, or of a part of one. */
export interface Pair {
  readonly before: SchemaNode
  readonly after: SchemaNode
}

/** Where a comparison stands, and how it goes on inside. */
export interface Place {
  readonly path: readonly Step[]
  /**
   * Whether whoever writes may add fields that nobody declared: anybody outside may, this platform never does.
   * Under a name that either version declares, only what is declared is expected.
   */
  readonly strangers: 'may-write' | 'never'
  /** Pairs of recursive shapes that are being compared further out; in there they count as alike. */
  readonly around: ReadonlySet<string>
  /** Compares what is inside. */
  readonly compare: (pair: Pair, place: Place) => readonly Difference[]
}
