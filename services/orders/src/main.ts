import { readConfig, startPlatform } from '@ashlar/service'
import { OrdersConfig, startOrders } from './index.ts'

await using platform = await startPlatform(readConfig(OrdersConfig))
await using server = await platform.serve(startOrders(platform))
await server.stopped
