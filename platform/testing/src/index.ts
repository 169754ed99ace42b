export { hear } from './hear.ts'
export { given, noDatabase, Scenario, type Asking } from './scenario.ts'
export { silentLogger } from './silent-logger.ts'
export { serviceDatabase } from './service-database.ts'
