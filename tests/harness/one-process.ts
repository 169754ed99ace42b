import { z } from '@ashlar/contract'
import { platformConfig, readConfig, startPlatform } from '@ashlar/service'
import { startCatalogue } from '@services/catalogue'
import { startInventory } from '@services/inventory'
import { startNotifications } from '@services/notifications'
import { startOrders } from '@services/orders'
import { startPayments } from '@services/payments'
import { startShipping } from '@services/shipping'
import { startUsers } from '@services/users'

// What a team's main would be that starts as one process and splits later: the services are the same, and do not know.
const Config = z.object(platformConfig('users', 'catalogue', 'inventory', 'orders', 'payments', 'shipping', 'notifications'))

await using platform = await startPlatform(readConfig(Config))
await using server = await platform.serve(
  startUsers(platform, process.env),
  startCatalogue(platform, process.env),
  startInventory(platform, process.env),
  startOrders(platform),
  startPayments(platform, process.env),
  startShipping(platform, process.env),
  startNotifications(platform, process.env),
)
await server.stopped
