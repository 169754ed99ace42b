export { createTestDatabase, type TestDatabase } from './create-test-database.ts'
export { needServer, testServers, type TestServers } from './test-servers.ts'
export { brokerUrlOf } from '../nats/broker-passwords.ts'
export { startFaultyNats as startNats, startFaultyPostgres as startPostgres } from './fault-servers.ts'
