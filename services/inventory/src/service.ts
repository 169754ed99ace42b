import { service, type ServiceDefinition } from '@ashlar/service'
import { inventory } from '@contracts/inventory'
import { commitStock } from './operations/commit-stock.ts'
import { releaseStock } from './operations/release-stock.ts'
import { reserveStock } from './operations/reserve-stock.ts'
import type { Ids, StockStore } from './ports.ts'

const migrations = new URL('../migrations', import.meta.url)

interface Needs {
  readonly stock: StockStore
  readonly ids: Ids
}

/** Inventory: who keeps which promise. */
export function inventoryService(needs: Needs): ServiceDefinition {
  return service(inventory, { operations: { reserveStock, releaseStock, commitStock }, migrations, needs })
}
