import { defineContract, query, z, type AnyContract } from '@ashlar/contract'
import type { ContractLock } from '../../lock/contract-lock.ts'
import type { FieldNumbers } from '../../lock/field-numbers.ts'
import type { Level } from '../compare-shapes.ts'

/** One kind of change of a contract's protobuf: of its shapes, or of the lock that gives the numbers. */
export interface ProtobufChange {
  readonly kind: string
  /** A version before that of before. */
  readonly earlier?: AnyContract
  readonly before: AnyContract
  readonly after: AnyContract
  /** What somebody did to the lock that the version after is written by. */
  readonly relock: (lock: ContractLock) => ContractLock
  /** The findings it leads to, by part, path and aspect. */
  readonly findings: Readonly<Record<string, Level>>
  /** Why buf judges otherwise. */
  readonly bufDiffers?: string
}

type Fields = z.ZodRawShape
type Told = Pick<ProtobufChange, 'findings' | 'bufDiffers'> & { readonly relock?: ProtobufChange['relock'] }

type Versions = readonly [Fields, Fields, earlier?: Fields]
/** A change of the contract of that name. */
export type Named = (name: string) => ProtobufChange
function pair(
  name: string,
  ask: { input?: Versions; output?: Versions },
): { before: AnyContract; after: AnyContract; earlier: AnyContract } {
  const contract = (at: 0 | 1 | 2): AnyContract =>
    defineContract({
      name,
      version: 1,
      operations: {
        pour: query({ input: z.strictObject(ask.input?.[at] ?? {}), output: z.object(ask.output?.[at] ?? {}), policy: { access: 'open' } }),
      },
    })
  return { before: contract(0), after: contract(1), earlier: contract(2) }
}
/** Show a change of what an operation answers. */
export function answering(kind: string, fields: Versions, told: Told): Named {
  return (name) => ({ kind, ...pair(name, { output: fields }), relock: (lock) => lock, ...told })
}
/** Show a change of what an operation asks for. */
export function asking(kind: string, fields: Versions, told: Told): Named {
  return (name) => ({ kind, ...pair(name, { input: fields }), relock: (lock) => lock, ...told })
}

/** Writes other numbers for a message than those that were given. */
export function numbering(message: string, pinned: FieldNumbers[string]): ProtobufChange['relock'] {
  return (lock) => ({ ...lock, protobuf: { ...lock.protobuf, [message]: pinned } })
}
export const nothing = { numbers: [], names: [] }
export const forgetting: ProtobufChange['relock'] = (lock) => ({ ...lock, protobuf: {} })
