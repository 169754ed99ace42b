import { defineContract, event, mutation, z } from '@ashlar/contract'
import { defineSaga, type Sagas } from '@ashlar/saga'
import { local } from '../local.ts'
import { service, type ServiceDefinition } from '../service.ts'
import { bank } from './bank.ts'

const visitEnded = event({ version: 1, aggregate: 'guest', key: 'guest', data: z.object({ guest: z.string(), how: z.string() }) })
const visiting = z.strictObject({ guest: z.string(), account: z.string(), amount: z.int() })

/** Serves guests, who pay through the bank. */
export const cafe = defineContract({
  name: 'cafe',
  version: 1,
  operations: {
    serveGuest: mutation({
      input: visiting,
      output: z.object({ visit: z.string() }),
      policy: { access: 'customer', idempotency: 'key' },
    }),
  },
  events: { visitEnded },
})

export const cafeTables = 'create table visits (guest text primary key, how text not null)'

const moved = ({ account, amount }: Visit) => ({ account, amount })
const Visit = visiting
type Visit = z.output<typeof Visit>

/** Pay, with the money given back when it cannot go on. */
export const visit = defineSaga('visit', { version: 1, state: Visit, key: ({ guest }) => guest, emits: [cafe.events.visitEnded] })
  .step('pay', { send: bank.payOut, with: moved, timeoutMs: 600_000, undo: { send: bank.giveBack, with: moved } })
  .endsAs({
    completed:
      () =>
      async ({ state }, { tx, emit }) => {
        await tx.query('insert into visits (guest, how) values ($1, $2)', [state.guest, 'paid'])
        emit(visitEnded, { guest: state.guest, how: 'paid' })
      },
    compensated:
      () =>
      async ({ state, reason = 'unknown' }, { tx, emit }) => {
        await tx.query('insert into visits (guest, how) values ($1, $2)', [state.guest, reason])
        emit(visitEnded, { guest: state.guest, how: reason })
      },
    stuck: () => () => Promise.resolve(),
  })

const serveGuest = local(cafe.serveGuest, ({ sagas }: { sagas: Sagas }) => async (given, { tx }) => ({
  visit: await sagas.start(visit, given, { tx }),
}))

/** The cafe, ready to be served. */
export function cafeService(sagas: Sagas): ServiceDefinition {
  return service(cafe, { operations: { serveGuest }, sagas: [visit], needs: { sagas } })
}
