import { newId, type Platform, type ServiceDefinition } from '@ashlar/service'
import { postgresStock } from './adapters/postgres-stock.ts'
import { inventoryService } from './service.ts'

export { InventoryConfig } from './config.ts'

/** Builds inventory on a platform; alone in its process, or beside other services in one. */
export function startInventory(_platform: Platform, _environment: NodeJS.ProcessEnv): ServiceDefinition {
  return inventoryService({ stock: postgresStock(), ids: { next: newId } })
}
