import { defineContract, mutation, z } from '@ashlar/contract'
import { defineSaga, type EndingHandler, type Sagas } from '@ashlar/saga'
import { local } from '../local.ts'
import { service, type ServiceDefinition } from '../service.ts'
import { porter } from './porter.ts'

const Stay = z.strictObject({ guest: z.string(), bagsInCar: z.int(), bagsInHall: z.int() })
type Stay = z.output<typeof Stay>

/** Takes guests in; its porter does the work. */
export const hotel = defineContract({
  name: 'hotel',
  version: 1,
  operations: {
    takeIn: mutation({ input: Stay, output: z.object({ stay: z.string() }), policy: { access: 'customer', idempotency: 'key' } }),
  },
})

export const hotelTables = 'create table stays (guest text primary key, how text not null, reason text)'

// longer than any test: what happens here happens by replies, never by asking again
const timeoutMs = 600_000
const fromCar = ({ guest, bagsInCar }: Stay) => ({ guest, bags: bagsInCar })
const fromHall = ({ guest, bagsInHall }: Stay) => ({ guest, bags: bagsInHall })
const notes =
  (how: string): EndingHandler<Stay, never, unknown> =>
  () =>
  async ({ state, reason }, { tx }) => {
    await tx.query('insert into stays (guest, how, reason) values ($1, $2, $3)', [state.guest, how, reason ?? null])
  }

/** Show the room, carry bags, and once the key is handed over carry the rest of the bags. */
export const stay = defineSaga('stay', { version: 1, state: Stay, key: ({ guest }) => guest })
  .step('show room', { send: porter.showRoom, with: fromCar, timeoutMs, undo: { send: porter.lockRoom, with: fromCar, timeoutMs } })
  .step('carry from car', { send: porter.carryBags, with: fromCar, timeoutMs, undo: { send: porter.bringBack, with: fromCar, timeoutMs } })
  .pivot('hand over key', { send: porter.handOverKey, with: fromCar, timeoutMs })
  .forward('carry from hall', { send: porter.carryBags, with: fromHall, timeoutMs })
  .endsAs({ completed: notes('completed'), compensated: notes('compensated'), stuck: notes('stuck') })

const takeIn = local(hotel.takeIn, ({ sagas }: { sagas: Sagas }) => async (given, { tx }) => ({
  stay: await sagas.start(stay, given, { tx }),
}))

/** The hotel, ready to be served. */
export function hotelService(sagas: Sagas): ServiceDefinition {
  return service(hotel, { operations: { takeIn }, sagas: [stay], needs: { sagas } })
}
