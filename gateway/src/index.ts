export { GatewayConfig } from './config.ts'
export { contracts } from './contracts.ts'
export { startGateway } from './gateway.ts'
