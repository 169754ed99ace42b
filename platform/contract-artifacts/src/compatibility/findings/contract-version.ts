import type { ProtoFile } from '@ashlar/grpc'
import type { Judge, Part } from '../judge.ts'
import type { Casts } from '../../event-versions/casts-of.ts'
import type { ContractSnapshot, Shape } from '../contract-snapshot.ts'

/** One version of a contract: what it says, and who decides whether a value fits it. */
export interface ContractVersion {
  readonly snapshot: ContractSnapshot
  /** What it is in protobuf, as it was written or is to be; nothing where it was never written. */
  readonly protobuf?: ProtoFile | undefined
  /** Where a shape of it is, for a judge that has more than the snapshot. */
  judge(at: ShapeAt, shape: Shape, part: Part): Judge
  /** What it makes of messages in other versions of their event; absent where the contract is not loaded. */
  readonly casts?: Casts
}

export type ShapeAt =
  | { readonly operation: string; readonly side: 'input' | 'output' }
  | { readonly operation: string; readonly error: string }
  | { readonly subject: string }

export interface Versions {
  readonly before: ContractVersion
  readonly after: ContractVersion
}
