import { defineContract, event, mutation, z, type AnyBoundOperation } from '@ashlar/contract'
import { defineSaga } from '../define-saga.ts'
import type { SagaDefinition } from '../definition.ts'
import { newSaga } from '../core/new-saga.ts'
import type { Saga } from '../core/saga.ts'

const ordered = z.strictObject({ orderId: z.string() })
const done = z.object({ receipt: z.string() })

function deed(errors: readonly string[] = []) {
  const declared = Object.fromEntries(errors.map((code) => [code, { status: 'CONFLICT', data: z.object({ why: z.string() }) } as const]))
  return mutation({ input: ordered, output: done, errors: declared, policy: { access: { services: ['orders'] }, idempotency: 'key' } })
}

const orderEnded = event({ version: 1, aggregate: 'orderId', key: 'orderId', data: z.object({ orderId: z.string(), how: z.string() }) })

/** A contract to send to: every step's deed, some with an error. */
export const shop = defineContract({
  name: 'orders',
  version: 1,
  operations: {
    reserve: deed(['out_of_stock']),
    release: deed(['not_releasable']),
    charge: deed(['card_declined']),
    refund: deed(),
    ship: deed(['address_not_served']),
    commit: deed(['stock_gone']),
    cancel: deed(),
    peek: mutation({ input: ordered, output: done, policy: { access: 'open' } }),
  },
  events: { orderEnded },
})

export const Order = z.object({
  orderId: z.string(),
  receipts: z.array(z.string()).default([]),
})
export type Order = z.output<typeof Order>

const orderOf = ({ orderId }: Order): { orderId: string } => ({ orderId })
const keep = (state: Order, { receipt }: { receipt: string }): Order => ({ ...state, receipts: [...state.receipts, receipt] })
const undo = (send: AnyBoundOperation, attempts: number) => ({ send, with: orderOf, timeoutMs: 1_000, attempts })

export interface Ended {
  readonly how: 'completed' | 'compensated' | 'stuck'
  readonly orderId: string
  readonly reason: string | undefined
}

/** What the endings of the example need: told how each saga ended, in the transaction of its last transition. */
export interface Told {
  readonly ended: (ending: Ended, tx: { query(text: string, values?: readonly unknown[]): Promise<object[]> }) => Promise<void>
}

/** Reserve, charge, ship (the pivot), commit. Small numbers of attempts, so that they run out soon. */
export function checkoutOf({ version = 1, timeoutMs = 1_000 }: { version?: number; timeoutMs?: number } = {}): SagaDefinition<Order, Told> {
  return defineSaga('checkout', { version, state: Order, key: (order) => order.orderId, emits: [shop.events.orderEnded] })
    .step('reserve stock', { send: shop.reserve, with: orderOf, keep, timeoutMs, attempts: 2, undo: undo(shop.release, 2) })
    .step('charge', {
      send: shop.charge,
      with: orderOf,
      keep,
      refusals: { card_declined: 'card' },
      timeoutMs,
      attempts: 2,
      undo: undo(shop.refund, 2),
    })
    .pivot('ship', { send: shop.ship, with: orderOf, keep, timeoutMs, attempts: 3 })
    .forward('commit stock', { send: shop.commit, with: orderOf, timeoutMs, attempts: 2 })
    .abortableBy(shop.cancel)
    .endsAs({
      completed:
        ({ ended }: Told) =>
        async ({ state, reason }, { tx, emit }) => {
          await ended({ how: 'completed', orderId: state.orderId, reason }, tx)
          emit(orderEnded, { orderId: state.orderId, how: 'completed' })
        },
      compensated:
        ({ ended }: Told) =>
        async ({ state, reason }, { tx, emit }) => {
          await ended({ how: 'compensated', orderId: state.orderId, reason }, tx)
          emit(shop.events.orderEnded, { orderId: state.orderId, how: reason ?? '' })
        },
      stuck:
        ({ ended }: Told) =>
        async ({ state, reason }, { tx }) => {
          await ended({ how: 'stuck', orderId: state.orderId, reason }, tx)
        },
    })
}

/** A saga before its first input. */
export function newCheckout(id = 'saga-1'): Saga {
  return newSaga(checkoutOf(), { id, state: { orderId: 'order-1', receipts: [] } })
}
