import { defineContract, type ContractOf } from '@ashlar/contract'
import { stockCommitted } from './events/stock-committed.ts'
import { stockReleased } from './events/stock-released.ts'
import { stockReserved } from './events/stock-reserved.ts'
import { commitStock } from './operations/commit-stock.ts'
import { releaseStock } from './operations/release-stock.ts'
import { reserveStock } from './operations/reserve-stock.ts'

/** How much there is, and for whom it is set aside. */
export const inventory = defineContract({
  name: 'inventory',
  version: 1,
  operations: { reserveStock, releaseStock, commitStock },
  events: { stockReserved, stockReleased, stockCommitted },
})
export interface Inventory extends ContractOf<typeof inventory> {}

export { stockCommitted } from './events/stock-committed.ts'
export { stockReleased } from './events/stock-released.ts'
export { stockReserved } from './events/stock-reserved.ts'
export type { Reservation, StockLine } from './shapes/stock.ts'
