import type { AnyContract } from '@ashlar/contract'
import { openRegistry, type Registry } from '@ashlar/discovery'
import { connectNats, type Bus } from '@ashlar/messaging'
import { createClient, createTransport, type Client } from '@ashlar/rpc'
import { createSagas, type Sagas } from '@ashlar/saga'
import { createIdentity, readPublicKeys, readSigningKey, type Identity } from '@ashlar/security'
import { createLogger, createTelemetry, type Logger, type Telemetry } from '@observability/telemetry'
import { ConfigInvalidError, ownVariable, type PlatformConfig } from './config.ts'
import { serve } from './serve.ts'
import type { ServiceDefinition } from './service.ts'
import type { Server } from './stoppable.ts'

/** What one process stands on: broker, registry, keys. It keeps no state of its own outside this object. */
export interface Platform {
  readonly logger: Logger
  /**
   * Makes the typed client of another service. It calls as `as` (the contract of the service that asks), which may be left
   * out where the process serves one service only.
   */
  client<C extends AnyContract>(contract: C, options?: { as: AnyContract }): Client<C>
  /** Gives what starts, aborts and looks up the sagas of a service. */
  sagas(owner: AnyContract): Sagas
  /** Serves one or several services behind one port, each on its own database. Ready when it resolves. */
  serve(...definitions: readonly ServiceDefinition[]): Promise<Server>
  /** Stops what it still serves, then closes what it opened. Safe to repeat. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export interface Foundations {
  readonly config: PlatformConfig
  readonly bus: Bus
  readonly registry: Registry
  readonly logger: Logger
  readonly identityOf: (service: string) => Identity
  readonly telemetryOf: (service: string) => Telemetry
}

/**
 * Connects a process to its broker and registry and reads its keys. A broker or registry that is away does not stop the
 * start: the process reports itself not ready until they answer. Throws `ConfigInvalidError` for a service without its key.
 */
export async function startPlatform(config: PlatformConfig): Promise<Platform> {
  const services = servicesIn(config)
  const logger = createLogger({
    service: services.length === 1 && services[0] !== undefined ? services[0] : 'platform',
    level: config.LOG_LEVEL,
  })
  const identities = await readIdentities(config, services)
  await using opened = new AsyncDisposableStack()
  const bus = await connectNats({ url: config.NATS_URL, name: services.join('+'), logger })
  opened.defer(() => bus.close())
  const registry = openRegistry(config.REGISTRY_URL, { logger })
  opened.defer(() => registry.close())
  const transport = createTransport({ registry, logger })
  opened.defer(() => transport.close())
  const identityOf = (service: string): Identity => {
    const identity = identities.get(service)
    if (identity === undefined)
      throw new ConfigInvalidError([`${service.toUpperCase()}_KEY_FILE is missing: list ${service} in platformConfig(…)`])
    return identity
  }
  const telemetries = new Map(services.map((name) => [name, createTelemetry(name)]))
  const telemetryOf = (service: string): Telemetry => telemetries.get(service) ?? createTelemetry(service)
  // the last to be closed is what tells how the rest was
  const everything = new AsyncDisposableStack()
  for (const telemetry of telemetries.values()) everything.use(telemetry)
  everything.use(opened.move())
  const onlyService = (): string => {
    const [only, another] = services
    if (only !== undefined && another === undefined) return only
    throw new TypeError('this process serves several services: say which one calls, client(contract, { as: ownContract })')
  }
  const close = (): Promise<void> => everything.disposeAsync()
  return {
    logger,
    client(contract, options) {
      const caller = options?.as.name ?? onlyService()
      const identity = identityOf(caller)
      const telemetry = telemetryOf(caller)
      return createClient(contract, { transport, authorize: (audience) => identity.tokenFor(audience), telemetry })
    },
    sagas: (owner) => createSagas({ service: owner.name, identity: identityOf(owner.name) }),
    async serve(...definitions) {
      const server = await serve({ config, bus, registry, logger, identityOf, telemetryOf }, definitions)
      // closed meanwhile: what was started is of no use any more
      if (everything.disposed) await server.stop()
      else everything.defer(() => server.stop())
      return server
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function servicesIn(config: PlatformConfig): string[] {
  return Object.keys(config).flatMap((name) => (name.endsWith('_KEY_FILE') ? [name.slice(0, -'_KEY_FILE'.length).toLowerCase()] : []))
}

async function readIdentities(config: PlatformConfig, services: readonly string[]): Promise<Map<string, Identity>> {
  const publicKeys = await readPublicKeys(config.PUBLIC_KEYS_FILE)
  const read = services.map(async (name) => {
    const signingKey = await readSigningKey(ownVariable(config, name, 'KEY_FILE'))
    return [name, createIdentity({ name, signingKey, publicKeys })] as const
  })
  return new Map(await Promise.all(read))
}
