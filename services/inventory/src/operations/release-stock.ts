import { failed } from '@ashlar/contract'
import { local } from '@ashlar/service'
import { inventory, stockReleased } from '@contracts/inventory'
import { release, releasedBeforehand } from '../domain/reservation.ts'
import type { Ids, StockStore } from '../ports.ts'
import { announcement } from './announcement.ts'

interface Needs {
  readonly stock: StockStore
  readonly ids: Ids
}

/** Give an order's stock back; when it comes before the reservation, see to it that there will be none. */
export const releaseStock = local(inventory.releaseStock, ({ stock, ids }: Needs) => async ({ orderId }, { tx, stepKey, emit }) => {
  const reservation = await stock.reservationOf(tx, orderId)
  if (reservation === undefined) {
    await stock.save(tx, { reservation: releasedBeforehand(ids.next(), orderId), levels: [] }, stepKey)
    return { outcome: 'nothing_reserved' }
  }
  if (reservation.status === 'sold') return failed('already_sold')
  if (reservation.status === 'released') return { outcome: reservation.lines.length === 0 ? 'nothing_reserved' : 'released' }

  const levels = await stock.lock(tx, reservation.lines)
  await stock.save(tx, release(levels, reservation), stepKey)
  emit(stockReleased, announcement(reservation))
  return { outcome: 'released' }
})
