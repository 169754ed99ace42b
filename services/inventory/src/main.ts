import { readConfig, startPlatform } from '@ashlar/service'
import { InventoryConfig, startInventory } from './index.ts'

await using platform = await startPlatform(readConfig(InventoryConfig))
await using server = await platform.serve(startInventory(platform, process.env))
await server.stopped
