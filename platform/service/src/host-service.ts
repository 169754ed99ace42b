import { fileURLToPath } from 'node:url'
import type { Bus, RunningConsumer } from '@ashlar/messaging'
import {
  assertMigrated,
  DatabaseUnavailableError,
  openDatabase,
  openWakes,
  platformMigrations,
  startRelay,
  type Database,
  type MigrationFolder,
} from '@ashlar/persistence'
import { sagaMigrations, startSagaEngine, type SagaEngine } from '@ashlar/saga'
import type { Identity } from '@ashlar/security'
import type { Logger, Telemetry } from '@observability/telemetry'
import { ClaimsInHand } from './claims-in-hand.ts'
import type { Health } from './health.ts'
import type { Hosted } from './hosted.ts'
import { obeyCommands } from './obey-commands.ts'
import { patiently, type Patient } from './patiently.ts'
import { reactToEvents } from './react-to-events.ts'
import { keptBy, type Kept } from './carry-out-operation.ts'
import type { ServiceDefinition } from './service.ts'
import { streamsUsedBy } from './streams-used.ts'
import { takeReplies } from './take-replies.ts'
import { untilAskedToStop } from './until-asked-to-stop.ts'
import { WorkInHand } from './work-in-hand.ts'

/** What a service is hosted on. */
export interface Ground {
  /** One service, each major of its contract that is served: they share a database, a relay, sagas and a name. */
  readonly definitions: readonly [ServiceDefinition, ...ServiceDefinition[]]
  readonly databaseUrl: string
  readonly identity: Identity
  readonly bus: Bus
  readonly health: Health
  readonly logger: Logger
  readonly telemetry: Telemetry
  /** Aborted when the process is asked to stop while it starts. */
  readonly asked: AbortSignal
}

/** A service at work behind the door: relaying, driving its sagas and, once told to, taking messages. */
export interface Hosting {
  /** What is kept, contract by contract. */
  readonly kept: readonly KeptContract[]
  readonly work: WorkInHand
  readonly telemetry: Telemetry
  /** Begins to take messages. Where the broker is away it goes on trying, and the process is not ready meanwhile. */
  consume(): Promise<void>
  /** Stops taking messages at once, and resolves when those in hand are done. */
  quiesce(): Promise<void>
  /** Ends the relay, the sagas and the database connections, in this order. */
  close(): Promise<void>
}

/** A contract with the handlers that keep it. */
export interface KeptContract {
  readonly hosted: Hosted
  readonly operations: ReadonlyMap<string, Kept>
}

/** A service cannot start because its database does not answer. Start it again later, or let a supervisor do it. */
export class ServiceStartError extends Error {
  override readonly name = 'ServiceStartError'
}

/**
 * Sets a service to work, apart from its messages: database checked, streams made, relay and sagas running. Throws
 * `ServiceStartError` when the database does not answer, `NotMigratedError` when it is behind, `StartInterruptedError` when
 * the process is asked to stop; then nothing is left open.
 */
export async function hostService(ground: Ground): Promise<Hosting> {
  const { definitions, databaseUrl, bus, health, logger, telemetry, identity, asked } = ground
  const { name } = definitions[0].contract
  refuseRepeatedReactions(definitions)
  await using opened = new AsyncDisposableStack()
  const database = openDatabase({ url: databaseUrl, name, logger, telemetry })
  opened.defer(() => database.close())
  await untilAskedToStop(asked, requireDatabase(ground))
  health.watch(`${name} database`, () => database.health())

  const streams = await patiently(`making the streams of ${name}`, { logger, make: () => ensureStreams(bus, definitions) })
  opened.defer(() => streams.stop())
  const relay = await startRelay({ database, url: databaseUrl, bus, service: name, logger, telemetry })
  opened.defer(() => relay.close())
  health.watch(`${name} outbox`, async () => ({ ...(await relay.health()), required: false }))

  const wakes = openWakes({ database, url: databaseUrl, name, logger })
  opened.defer(() => wakes.close())

  const work = new WorkInHand()
  const shared = { database, identity, logger, telemetry, work, claims: new ClaimsInHand(database, logger), wakes }
  const kept = definitions.map((definition): KeptContract => {
    const hosted = { ...shared, definition }
    return { hosted, operations: keptBy(hosted) }
  })
  const engine = startSagas(ground, database)
  if (engine !== undefined) {
    opened.defer(() => engine.close())
    await untilAskedToStop(asked, engine.started)
    health.watch(`${name} sagas`, async () => ({ ...(await engine.health()), required: false }))
  }
  const starts = [
    ...kept.flatMap(({ hosted, operations }) => [...obeyCommands(hosted, bus, operations), ...reactToEvents(hosted, bus)]),
    ...(engine === undefined ? [] : kept.slice(0, 1).map(({ hosted }) => takeReplies(hosted, bus, engine))),
  ]
  const consumers = consumersOf(ground, starts)
  const everything = opened.move()
  return { kept, work, telemetry, ...consumers, close: () => everything.disposeAsync() }
}

function migrationsOf(definitions: Ground['definitions']): MigrationFolder[] {
  const folders = definitions.flatMap(({ migrations }) => (migrations === undefined ? [] : [fileURLToPath(migrations)]))
  const own = [...new Set(folders)].map((path) => ({ name: definitions[0].contract.name, path }))
  return [platformMigrations(), ...(definitions.some(({ sagas }) => sagas.length > 0) ? [sagaMigrations()] : []), ...own]
}

/** Two of one name would share a place in the stream, and each hear half. */
function refuseRepeatedReactions(definitions: Ground['definitions']): void {
  const names = definitions.flatMap(({ reactions }) => Object.keys(reactions))
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined)
    throw new TypeError(`${definitions.map(({ contract }) => contract.id).join(' and ')} both react in ${twice}: one of them is enough`)
}

async function requireDatabase({ definitions, databaseUrl }: Ground): Promise<void> {
  const { name } = definitions[0].contract
  try {
    await assertMigrated({ url: databaseUrl, folders: migrationsOf(definitions) })
  } catch (cause) {
    if (!(cause instanceof DatabaseUnavailableError)) throw cause
    // the address without its password
    const { host, pathname } = new URL(databaseUrl)
    throw new ServiceStartError(`${name} cannot start: its database ${host}${pathname} does not answer`, { cause })
  }
}

async function ensureStreams(bus: Bus, definitions: Ground['definitions']): Promise<void> {
  for (const stream of definitions.flatMap(streamsUsedBy)) await bus.ensureStream(stream)
}

function startSagas({ definitions, identity, logger, telemetry }: Ground, database: Database): SagaEngine | undefined {
  const [one, another] = definitions.filter(({ sagas }) => sagas.length > 0)
  if (one === undefined) return undefined
  if (another !== undefined) throw new TypeError(`${one.contract.id} and ${another.contract.id} both have sagas: leave them to one`)
  const { contract, sagas, needs } = one
  return startSagaEngine({ database, definitions: sagas, needs, service: contract.name, identity, logger, telemetry })
}

function consumersOf(
  { definitions, logger, health }: Ground,
  starts: readonly (() => Promise<RunningConsumer>)[],
): Pick<Hosting, 'consume' | 'quiesce'> {
  const { name } = definitions[0].contract
  let consumers: readonly Patient<RunningConsumer>[] | undefined
  health.watch(`${name} consumers`, () => {
    if (consumers === undefined) return Promise.resolve({ healthy: false, detail: 'not started yet' })
    const unmade = consumers.find(({ problem }) => problem !== undefined)?.problem
    if (unmade !== undefined) return Promise.resolve({ healthy: false, detail: unmade })
    const stuck = consumers.map(({ made }) => made?.problem).find((problem) => problem !== undefined)
    // messages wait, but calls are answered as before: taking the instance out would only lose those too
    return Promise.resolve(stuck === undefined ? { healthy: true } : { healthy: false, detail: stuck, required: false })
  })
  return {
    async consume() {
      const started = await Promise.allSettled(starts.map((make) => patiently(`starting a consumer of ${name}`, { logger, make })))
      consumers = started.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
      const failed = started.find((start) => start.status === 'rejected')
      if (failed !== undefined) throw failed.reason
    },
    async quiesce() {
      await Promise.all((consumers ?? []).map(async (consumer) => (await consumer.stop())?.close()))
    },
  }
}
