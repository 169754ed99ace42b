import { service, type ServiceDefinition } from '@ashlar/service'
import { catalogue } from '@contracts/catalogue'
import { getProduct } from './operations/get-product.ts'
import { listProducts } from './operations/list-products.ts'
import { priceLines } from './operations/price-lines.ts'
import type { ProductStore } from './ports.ts'

const migrations = new URL('../migrations', import.meta.url)

interface Needs {
  readonly products: ProductStore
}

/** The catalogue: who keeps which promise. */
export function catalogueService(needs: Needs): ServiceDefinition {
  return service(catalogue, { operations: { listProducts, getProduct, priceLines }, migrations, needs })
}
