import { defineContract, failed, mutation, z } from '@ashlar/contract'
import { local } from '../local.ts'
import { service, type ServiceDefinition } from '../service.ts'

const deed = {
  input: z.strictObject({ guest: z.string(), bags: z.int() }),
  output: z.object({}),
  policy: { access: { services: ['hotel'] }, idempotency: 'key' },
} as const

/** Shows rooms and carries bags. That there are none is an error that has nothing more to say. */
export const porter = defineContract({
  name: 'porter',
  version: 1,
  operations: {
    showRoom: mutation(deed),
    lockRoom: mutation(deed),
    carryBags: mutation({ ...deed, errors: { no_bags: { status: 'CONFLICT' } } }),
    bringBack: mutation(deed),
    handOverKey: mutation(deed),
  },
})

export const porterTables = 'create table deeds (id serial primary key, guest text not null, deed text not null)'

type Tx = { query(text: string, values: readonly unknown[]): Promise<object[]> }
const note = async (tx: Tx, guest: string, done: string): Promise<Record<string, never>> => {
  await tx.query('insert into deeds (guest, deed) values ($1, $2)', [guest, done])
  return {}
}
const notes = (done: string) => () => (asked: { guest: string }, context: { tx: Tx }) => note(context.tx, asked.guest, done)

const showRoom = local(porter.showRoom, notes('show room'))
const lockRoom = local(porter.lockRoom, notes('lock room'))
const bringBack = local(porter.bringBack, notes('bring back'))
const handOverKey = local(porter.handOverKey, notes('hand over key'))
const carryBags = local(porter.carryBags, () => async ({ guest, bags }, { tx }) => {
  return bags === 0 ? failed('no_bags') : note(tx, guest, 'carry bags')
})

/** The porter, ready to be served. */
export function porterService(): ServiceDefinition {
  return service(porter, { operations: { showRoom, lockRoom, carryBags, bringBack, handOverKey }, needs: {} })
}
