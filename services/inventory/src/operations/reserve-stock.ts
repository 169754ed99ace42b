import { failed } from '@ashlar/contract'
import { local } from '@ashlar/service'
import { inventory, stockReserved } from '@contracts/inventory'
import { annotate } from '@observability/telemetry'
import { reserve } from '../domain/reservation.ts'
import type { Ids, StockStore } from '../ports.ts'
import { announcement } from './announcement.ts'

interface Needs {
  readonly stock: StockStore
  readonly ids: Ids
}

/** Set stock aside for an order, all lines or none. */
export const reserveStock = local(inventory.reserveStock, ({ stock, ids }: Needs) => async ({ orderId, lines }, { tx, stepKey, emit }) => {
  annotate({ 'order.id': orderId })
  const earlier = await stock.reservationOf(tx, orderId)
  if (earlier?.status === 'released') return failed('reservation_released')
  if (earlier !== undefined) return { reservationId: earlier.id }

  const levels = await stock.lock(tx, lines)
  const decision = reserve(levels, { id: ids.next(), orderId, lines })
  if (decision.kind === 'refused') return failed('out_of_stock', decision.shortage)

  await stock.save(tx, decision, stepKey)
  emit(stockReserved, announcement(decision.reservation))
  return { reservationId: decision.reservation.id }
})
