import { defineContract, event, mutation, query, z, type AnyContract, type AnyEvent, type AnyOperation } from '@ashlar/contract'
import type { Level } from '../compare-shapes.ts'

/** One kind of change of a contract outside its shapes: the findings it leads to, by name. */
export interface ContractChange {
  readonly kind: string
  readonly before: readonly AnyContract[]
  readonly after: readonly AnyContract[]
  readonly findings: Readonly<Record<string, Level>>
}

export const ofPot = {
  version: 1,
  aggregate: 'potId',
  key: 'potId',
  data: z.object({ potId: z.string(), cups: z.int(), shelfId: z.string() }),
} as const
export const brewed = event(ofPot)
export const plain = {
  input: z.strictObject({ potId: z.string() }),
  output: z.object({ cups: z.int() }),
  policy: { access: 'customer' },
} as const
export const getPot = query(plain)
export const brew = mutation({ ...plain, policy: { access: 'customer', idempotency: 'key' }, emits: [brewed] })

/** A contract of these operations and events. */
export function kitchen(operations: Record<string, AnyOperation>, events: Record<string, AnyEvent> = { brewed }, version = 1): AnyContract {
  return defineContract({ name: 'kitchen', version, operations, events })
}
/** A change of what a contract offers to be called. */
export function operations(
  kind: string,
  [before, after]: readonly [Record<string, AnyOperation>, Record<string, AnyOperation>],
  findings: ContractChange['findings'],
): ContractChange {
  return { kind, before: [kitchen(before)], after: [kitchen(after)], findings }
}
/** A change of one operation. */
export function getting(
  kind: string,
  [before, after]: readonly [AnyOperation, AnyOperation],
  findings: ContractChange['findings'],
): ContractChange {
  return operations(kind, [{ getPot: before }, { getPot: after }], findings)
}
/** A change of what a contract announces. */
export function events(
  kind: string,
  [before, after]: readonly [Record<string, AnyEvent>, Record<string, AnyEvent>],
  findings: ContractChange['findings'],
): ContractChange {
  return { kind, before: [kitchen({ getPot }, before)], after: [kitchen({ getPot }, after)], findings }
}
