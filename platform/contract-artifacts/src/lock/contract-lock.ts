import type { Access, Deprecation, OperationKind, StatusCode } from '@ashlar/contract'
import type { JsonSchema } from '../json-schema/json-schema.ts'
import type { FieldNumbers } from './field-numbers.ts'

/**
 * What a contract promised when it was last emitted, whole: enough to judge a later one by, and the memory of protobuf
 * field numbers. Hints are not in it, since a deployment may override them. Schemas are JSON Schema 2020-12; a
 * `$ref` is `#/$defs/<Name>` and names a shape in `$defs` of this document.
 */
export interface ContractLock {
  readonly name: string
  readonly version: number
  /** SHA-256 of everything below, as canonical JSON, in hex. */
  readonly hash: string
  readonly operations: Readonly<Record<string, LockedOperation>>
  readonly events: Readonly<Record<string, LockedEvent>>
  /** Every shape by its name. */
  readonly $defs: Readonly<Record<string, JsonSchema>>
  /** SHA-256 of each shape together with the shapes it refers to, by name. */
  readonly hashes: Readonly<Record<string, string>>
  /** Field numbers of every message of the `.proto`, by the contract's own names of fields and options. */
  readonly protobuf: FieldNumbers
}

/** A reference to a shape of the lock. */
export interface ShapeRef extends JsonSchema {
  readonly $ref: string
}

export interface LockedOperation {
  readonly kind: OperationKind
  readonly input: ShapeRef
  readonly output: ShapeRef
  /** Declared errors by code. */
  readonly errors: Readonly<Record<string, { readonly status: StatusCode; readonly data?: ShapeRef }>>
  readonly policy: { readonly access: Access; readonly idempotency?: 'key' }
  /** Names of the events it may announce, in alphabetical order. */
  readonly emits: readonly string[]
  readonly rest?: { readonly method: string; readonly path: string; readonly status: number }
  readonly deprecated?: Deprecation
}

export interface LockedEvent {
  /** CloudEvents type and NATS subject. */
  readonly subject: string
  readonly version: number
  /** Field of the data that names whose history the event belongs to. */
  readonly aggregate: string
  /** Field of the data that it is partitioned by. */
  readonly key: string
  readonly data: ShapeRef
  readonly deprecated?: Deprecation
  /** Earlier versions, the nearest first: messages of each are read as this one. */
  readonly earlier?: readonly LockedVersion[]
}

/** What an event was, with the same aggregate and key. */
interface LockedVersion {
  readonly subject: string
  readonly version: number
  readonly data: ShapeRef
  /** Whether every fact is told in this version too. */
  readonly isAnnounced: boolean
  readonly deprecated?: Deprecation
}
