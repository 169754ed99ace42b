import { readConfig, startPlatform } from '@ashlar/service'
import { CatalogueConfig, startCatalogue } from './index.ts'

await using platform = await startPlatform(readConfig(CatalogueConfig))
await using server = await platform.serve(startCatalogue(platform, process.env))
await server.stopped
