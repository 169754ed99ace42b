import { deadLetterStream, streamsOf, type Bus, type StreamSpec, type Subscription } from '@ashlar/messaging'
import { assertMigrated, openDatabase, platformMigrations, startRelay, type Relay } from '@ashlar/persistence'
import { sagaMigrations, startSagaEngine, type SagaEngine } from '@ashlar/saga'
import type { Identity } from '@ashlar/security'
import type { Logger } from '@observability/telemetry'
import type { Health } from './health.ts'
import type { Hosted } from './hosted.ts'
import { obeyCommands } from './obey-commands.ts'
import { reactToEvents } from './react-to-events.ts'
import type { ServiceDefinition } from './service.ts'
import { takeReplies } from './take-replies.ts'

/** What a service is hosted on. */
export interface Ground {
  readonly definition: ServiceDefinition
  readonly databaseUrl: string
  readonly identity: Identity
  readonly bus: Bus
  readonly health: Health
  readonly logger: Logger
}

/** A service at work behind the door: consuming, relaying, driving its sagas. */
export interface Hosting {
  readonly hosted: Hosted
  /** Stops taking messages and waits for those in hand. */
  quiesce(): Promise<void>
  /** Ends the relay, the sagas and the database connections. */
  close(): Promise<void>
}

/** Sets a service to work: database checked, streams made, relay and sagas running, messages flowing. */
export async function hostService(ground: Ground): Promise<Hosting> {
  const { definition, databaseUrl, bus, health, logger, identity } = ground
  const { name } = definition.contract
  const database = openDatabase({ url: databaseUrl, name, logger })
  try {
    await assertMigrated({ url: databaseUrl, folders: [platformMigrations(), ...(definition.sagas.length > 0 ? [sagaMigrations()] : [])] })
    const hosted: Hosted = { definition, database, identity, logger }
    health.watch(`${name} database`, () => database.health())

    for (const stream of streamsUsedBy(definition)) await bus.ensureStream(stream)
    const relay = await startRelay({ database, url: databaseUrl, bus, service: name, logger })
    health.watch(`${name} outbox`, async () => ({ ...(await relay.health()), required: false }))
    const engine = await startSagas(hosted, health)

    const subscriptions = await Promise.all([
      ...obeyCommands(hosted, bus),
      ...reactToEvents(hosted, bus),
      ...(engine === undefined ? [] : [takeReplies(hosted, bus, engine)]),
    ])
    return hosting(hosted, { subscriptions, engine, relay })
  } catch (cause) {
    await database.close()
    throw cause
  }
}

async function startSagas(hosted: Hosted, health: Health): Promise<SagaEngine | undefined> {
  const { definition, database, identity, logger } = hosted
  if (definition.sagas.length === 0) return undefined
  const { name } = definition.contract
  const engine = startSagaEngine({
    database,
    definitions: definition.sagas,
    needs: definition.needs,
    service: name,
    identity,
    logger,
  })
  await engine.started
  health.watch(`${name} sagas`, async () => ({ ...(await engine.health()), required: false }))
  return engine
}

interface Running {
  readonly subscriptions: readonly Subscription[]
  readonly engine: SagaEngine | undefined
  readonly relay: Relay
}

function hosting(hosted: Hosted, { subscriptions, engine, relay }: Running): Hosting {
  return {
    hosted,
    async quiesce() {
      await Promise.all(subscriptions.map((subscription) => subscription.close()))
    },
    async close() {
      await engine?.close()
      await relay.close()
      await hosted.database.close()
    },
  }
}

/** Its own streams, and those of others it sends to or hears from: whoever starts first makes them. */
function streamsUsedBy(definition: ServiceDefinition): StreamSpec[] {
  const own = streamsOf(definition.contract)
  const heard = Object.values(definition.reactions).map((reaction) => streamsOf({ name: reaction.event.contract }).events)
  const sentTo = definition.sagas.flatMap((saga) =>
    saga.steps.flatMap((step) => [step.operation, ...(step.undo === undefined ? [] : [step.undo.operation])]),
  )
  const commands = sentTo.map((operation) => streamsOf({ name: operation.contract }).commands)
  const all = [own.events, own.commands, own.replies, deadLetterStream(definition.contract.name), ...heard, ...commands]
  return [...new Map(all.map((stream) => [stream.name, stream])).values()]
}
