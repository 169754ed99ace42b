import { defineContract, earlierVersion } from '@ashlar/contract'
import type { ReactionTransactionContext } from '../handlers.ts'
import { local } from '../local.ts'
import { service, type ServiceDefinition } from '../service.ts'
import { orderPlacedV1, ordersAtFirst, ordersV2 } from './orders-majors.ts'

/** Prints what was ordered; built when `orders` had one major, and never touched since. */
export const printer = defineContract({ name: 'printer', version: 1, operations: {} })
/** Adds up what was ordered, by the second major of `orders`. */
export const ledger = defineContract({ name: 'ledger', version: 1, operations: {} })

/** Counts what was ordered; about to be rolled out. */
const counter = defineContract({ name: 'counter', version: 1, operations: {} })

// what was heard, in the order it was; an order heard twice is there twice
export const readersTables = 'create table heard (id serial primary key, how text not null, what jsonb not null)'

const noting = 'insert into heard (how, what) values ($1, $2)'

export function printerService(): ServiceDefinition {
  const onOrderPlaced = local(ordersAtFirst.events.orderPlaced, () => async (order, { tx }) => {
    await tx.query(noting, ['printed', JSON.stringify(order)])
  })
  return service(printer, { operations: {}, reactions: { onOrderPlaced }, needs: {} })
}

export function ledgerService(): ServiceDefinition {
  const { orderPlaced } = ordersV2.events
  const onOrderPlaced = local(
    orderPlaced,
    () =>
      async (order, { tx }) => {
        await tx.query(noting, ['added', JSON.stringify(order)])
      },
    { maxAttempts: 3 },
  )
  const onOrderPlacedInTurn = local(
    orderPlaced,
    () =>
      async (order, { tx }) => {
        await tx.query(noting, ['added in turn', JSON.stringify(order)])
      },
    { order: 'strict' },
  )
  // written today, but not ready for the second version
  const onOrderPlacedV1 = local(
    earlierVersion(orderPlaced, orderPlacedV1),
    () =>
      async (order, { tx }) => {
        await tx.query(noting, ['as it was', JSON.stringify(order)])
      },
    { order: 'strict' },
  )
  return service(ledger, { operations: {}, reactions: { onOrderPlaced, onOrderPlacedInTurn, onOrderPlacedV1 }, needs: {} })
}

/** An instance of the counter from before orders had a second major, or from after. */
export function counterService(version: 'yesterday' | 'today'): ServiceDefinition {
  const note = (how: string, order: object, { tx }: Pick<ReactionTransactionContext, 'tx'>) =>
    tx.query(noting, [how, JSON.stringify(order)])
  const onOrderPlaced =
    version === 'today'
      ? local(ordersV2.events.orderPlaced, () => async (order, context) => void (await note('today', order, context)))
      : local(ordersAtFirst.events.orderPlaced, () => async (order, context) => void (await note('yesterday', order, context)))
  return service(counter, { operations: {}, reactions: { onOrderPlaced }, needs: {} })
}
