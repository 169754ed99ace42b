import { failed } from '@ashlar/contract'
import { local } from '@ashlar/service'
import { inventory, stockCommitted } from '@contracts/inventory'
import { sell } from '../domain/reservation.ts'
import type { StockStore } from '../ports.ts'
import { announcement } from './announcement.ts'

interface Needs {
  readonly stock: StockStore
}

/** Turn an order's reservation into a sale. */
export const commitStock = local(inventory.commitStock, ({ stock }: Needs) => async ({ orderId }, { tx, stepKey, emit }) => {
  const reservation = await stock.reservationOf(tx, orderId)
  if (reservation === undefined || reservation.status === 'released') return failed('nothing_reserved')
  if (reservation.status === 'sold') return { reservationId: reservation.id }

  const levels = await stock.lock(tx, reservation.lines)
  await stock.save(tx, sell(levels, reservation), stepKey)
  emit(stockCommitted, announcement(reservation))
  return { reservationId: reservation.id }
})
