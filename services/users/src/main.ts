import { readConfig, startPlatform } from '@ashlar/service'
import { startUsers, UsersConfig } from './index.ts'

await using platform = await startPlatform(readConfig(UsersConfig))
await using server = await platform.serve(startUsers(platform, process.env))
await server.stopped
