import { readConfig, startPlatform } from '@ashlar/service'
import { PaymentsConfig, startPayments } from './index.ts'

await using platform = await startPlatform(readConfig(PaymentsConfig))
await using server = await platform.serve(startPayments(platform, process.env))
await server.stopped
