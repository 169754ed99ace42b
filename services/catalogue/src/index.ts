import type { Platform, ServiceDefinition } from '@ashlar/service'
import { postgresProducts } from './adapters/postgres-products.ts'
import { catalogueService } from './service.ts'

export { CatalogueConfig } from './config.ts'

/** Builds the catalogue on a platform; alone in its process, or beside other services in one. */
export function startCatalogue(_platform: Platform, _environment: NodeJS.ProcessEnv): ServiceDefinition {
  return catalogueService({ products: postgresProducts() })
}
