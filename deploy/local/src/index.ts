export { startConsul, type ConsulOptions, type ConsulPorts } from './consul/start-consul.ts'
export { lockFolder, requireUnlocked, type FolderLock } from './folder-lock.ts'
export { brokerPasswords, brokerUrlOf } from './nats/broker-passwords.ts'
export { natsConfiguration, type BrokerPermissions, type BrokerUser } from './nats/nats-configuration.ts'
export { startNats, type NatsOptions } from './nats/start-nats.ts'
export type { OnProgress, Program } from './obtain/ways.ts'
export { pinnedVersions } from './pinned-versions.ts'
export { defaultPortBase, freeServerPorts, portsFrom, readPortBase, type ServerPorts } from './ports.ts'
export { removePostgresFolder } from './postgres/remove-postgres-folder.ts'
export { startPostgres, type PostgresOptions } from './postgres/start-postgres.ts'
export { askOnce } from './server/ask-once.ts'
export { FolderInUseError, PortInUseError, ServerStartError, ServerUnavailableError, StateDamagedError } from './server/errors.ts'
export { endWithUs } from './server/dead-man.ts'
export { keepServerRunning } from './server/keep-server-running.ts'
export type { LocalServer, ServerName, StopPace } from './server/local-server.ts'
export { isFree } from './server/is-free.ts'
export { findFreePorts, requireFreePort } from './server/port-in-use.ts'
export { knownServers, type KnownServer, type ServerState } from './known-servers.ts'
export { readStack, type StackAddresses } from './stack/stack-note.ts'
export { freeStackPorts, stackPortsFrom, type StackPorts } from './stack/stack-ports.ts'
export { startStack, type Stack, type StackOptions } from './stack/start-stack.ts'
export { startLocalServers, type LocalServers, type LocalServersOptions } from './start-local-servers.ts'
export { databasePasswords, serviceDatabaseUrl } from './system/database-passwords.ts'
export { prepareDatabases, type DatabasesWanted, type ServiceDatabase } from './system/prepare-databases.ts'
export { cardLedgerIn } from './system/card-ledger.ts'
export { readRows } from './system/read-rows.ts'
export { prepareKeys, type KeyFiles } from './system/prepare-keys.ts'
export {
  clearTopology,
  databaseUrlOf,
  NothingRunningError,
  readTopology,
  withoutSecrets,
  writeTopology,
  type Topology,
} from './system/topology.ts'
