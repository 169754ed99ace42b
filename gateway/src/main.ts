import { readConfig } from '@ashlar/service'
import { GatewayConfig } from './config.ts'
import { contracts } from './contracts.ts'
import { startGateway } from './gateway.ts'

const config = readConfig(GatewayConfig)
await using gateway = await startGateway(config, contracts)
await gateway.stopped
