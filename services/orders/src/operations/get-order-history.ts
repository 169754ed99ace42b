import { failed } from '@ashlar/contract'
import type { SagaHistory, Sagas } from '@ashlar/saga'
import { local } from '@ashlar/service'
import { orders, type OrderHistory } from '@contracts/orders'
import type { OrderStore } from '../ports.ts'
import { checkout } from '../sagas/checkout.ts'

interface Needs {
  readonly orderStore: OrderStore
  readonly sagas: Pick<Sagas, 'history'>
}

/** Tell how an order came to be what it is. */
export const getOrderHistory = local(orders.getOrderHistory, ({ orderStore, sagas }: Needs) => async ({ orderId }, { tx, customer }) => {
  const order = await orderStore.find(tx, { orderId, customerId: customer.id })
  const history = order === undefined ? undefined : await sagas.history(checkout, orderId, { tx })
  return history === undefined ? failed('order_not_found') : shownHistory(orderId, history)
})

function shownHistory(
  orderId: string,
  { id: _id, name: _name, version: _version, key: _key, steps, ...course }: SagaHistory,
): OrderHistory {
  return {
    orderId,
    ...course,
    steps: steps.map(({ code, detail, ...step }) => ({
      ...step,
      ...(code === undefined ? {} : { reason: code }),
      ...(detail === undefined ? {} : { detail: asText(detail) }),
    })),
  }
}

function asText(detail: unknown): Record<string, string> {
  if (typeof detail !== 'object' || detail === null) return { value: String(detail) }
  return Object.fromEntries(
    Object.entries(detail).map(([field, value]) => [field, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}
