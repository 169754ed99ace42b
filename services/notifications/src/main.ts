import { readConfig, startPlatform } from '@ashlar/service'
import { NotificationsConfig, startNotifications } from './index.ts'

await using platform = await startPlatform(readConfig(NotificationsConfig))
await using server = await platform.serve(startNotifications(platform, process.env))
await server.stopped
