import { readConfig, startPlatform } from '@ashlar/service'
import { ShippingConfig, startShipping } from './index.ts'

await using platform = await startPlatform(readConfig(ShippingConfig))
await using server = await platform.serve(startShipping(platform, process.env))
await server.stopped
