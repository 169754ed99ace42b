import { openShop } from '../harness/open-shop.ts'
import { accounts } from './public-api/accounts.ts'
import { idempotency } from './public-api/idempotency.ts'
import { notifications } from './public-api/notifications.ts'
import { orders } from './public-api/orders.ts'
import { products } from './public-api/products.ts'
import { friendlyOrigin, requests } from './public-api/requests.ts'
import { tokens } from './public-api/tokens.ts'
import { typedClient } from './public-api/typed-client.ts'

const shop = await openShop({ environment: { GATEWAY_CORS_ORIGINS: friendlyOrigin } })

accounts(shop)
tokens(shop)
products(shop)
orders(shop)
idempotency(shop)
notifications(shop)
requests(shop)
typedClient(shop)
