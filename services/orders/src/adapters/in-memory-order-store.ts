import type { Order, OrderChange, OrderState } from '../domain/order.ts'
import type { OrderStore } from '../ports.ts'

/** Keeps orders in memory, for tests of the operations. */
export function inMemoryOrderStore(): OrderStore {
  const byId = new Map<string, Order>()
  const byKey = new Map<string, string>()
  const changesOf = new Map<string, OrderChange[]>()
  const note = (orderId: string, state: OrderState): void => {
    const changes = changesOf.get(orderId) ?? []
    const last = changes.at(-1)
    if (last !== undefined && last.status === state.status && reasonOf(last) === reasonOf(state)) return
    changesOf.set(orderId, [...changes, { ...state, position: changes.length + 1, changedAt: new Date().toISOString() }])
  }
  return {
    insert(_tx, order, stepKey) {
      if (byKey.has(stepKey) || byId.has(order.id)) return Promise.reject(new Error(`order ${order.id} or its step key is there already`))
      byId.set(order.id, order)
      byKey.set(stepKey, order.id)
      note(order.id, { status: 'pending' })
      return Promise.resolve()
    },
    findByStepKey: (_db, stepKey) => Promise.resolve(byId.get(byKey.get(stepKey) ?? '')),
    find(_db, { orderId, customerId }) {
      const order = byId.get(orderId)
      return Promise.resolve(order?.customerId === customerId ? order : undefined)
    },
    list(_db, { customerId, status, after, limit }) {
      const own = [...byId.values()].filter((order) => order.customerId === customerId && (status === undefined || order.status === status))
      const newestFirst = own.filter(({ id }) => after === undefined || id < after).sort((a, b) => (a.id < b.id ? 1 : -1))
      return Promise.resolve(newestFirst.slice(0, limit))
    },
    move(_tx, orderId, state) {
      const order = byId.get(orderId)
      if (order === undefined) return Promise.resolve()
      const { id, customerId, lines, total, createdAt } = order
      byId.set(id, { ...state, id, customerId, lines, total, createdAt })
      note(id, state)
      return Promise.resolve()
    },
    changes(_db, { orderId, after, limit }) {
      const later = (changesOf.get(orderId) ?? []).filter(({ position }) => position > after)
      return Promise.resolve(later.slice(0, limit))
    },
  }
}

function reasonOf(state: OrderState): string | undefined {
  return 'reason' in state ? state.reason : undefined
}
