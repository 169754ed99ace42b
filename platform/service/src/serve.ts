import { randomUUID } from 'node:crypto'
import type { Registration } from '@ashlar/discovery'
import { createRpcListener, type SettledCall } from '@ashlar/rpc'
import { createLogger, type Logger } from '@observability/telemetry'
import { answerRequests } from './answer-request.ts'
import { ownVariable } from './config.ts'
import { Health } from './health.ts'
import { hostService, type Hosting } from './host-service.ts'
import { openHttpDoor, type HttpDoor } from './http-door.ts'
import type { Foundations } from './platform.ts'
import type { ServiceDefinition } from './service.ts'
import { stoppable, type Server } from './stoppable.ts'

/** Serves services behind one port and announces each in the registry. */
export async function serve(foundations: Foundations, definitions: readonly ServiceDefinition[]): Promise<Server> {
  const { config, bus, registry, logger, identityOf } = foundations
  const health = new Health()
  health.watch('broker', () => bus.health())
  health.watch('registry', async () => ({ ...(await registry.health()), required: false }))

  const hostings: Hosting[] = []
  for (const definition of definitions) {
    const { name } = definition.contract
    const own = createLogger({ service: name, level: config.LOG_LEVEL })
    hostings.push(
      await hostService({
        definition,
        databaseUrl: ownVariable(config, name, 'DATABASE_URL'),
        identity: identityOf(name),
        bus,
        health,
        logger: own,
      }),
    )
  }
  const answer = createRpcListener({
    implementations: hostings.map(({ hosted }) => answerRequests(hosted)),
    authenticate: (authorization, audience) => authenticate(identityOf(audience), authorization, audience),
    logger,
    onSettled: (settled) => logCall(logger, settled),
  })
  const door = await openHttpDoor({ host: config.HOST, port: config.PORT, health, answer })
  const registrations = await Promise.all(definitions.map(({ contract }) => announce(foundations, door, contract)))
  logger.info({ event: 'ready', host: door.host, port: door.port, services: definitions.map(({ contract }) => contract.id) }, 'ready')

  return stoppable(door, async () => {
    logger.info({ event: 'draining' }, 'draining')
    health.drain()
    await Promise.all(registrations.map((registration) => registration.deregister()))
    await Promise.all([...hostings.map((hosting) => hosting.quiesce()), propagation(config.DRAIN_PROPAGATION_MS)])
    await door.close(config.DRAIN_GRACE_MS)
    await Promise.all(hostings.map((hosting) => hosting.close()))
    logger.info({ event: 'stopped' }, 'stopped')
  })
}

async function authenticate(identity: ReturnType<Foundations['identityOf']>, authorization: string | undefined, audience: string) {
  if (authorization === undefined) return { kind: 'anonymous' } as const
  return identity.verify(authorization.replace(/^Bearer /i, ''), { audience })
}

function announce({ registry }: Foundations, door: HttpDoor, contract: { name: string; id: string }): Promise<Registration> {
  const id = `${contract.name}-${randomUUID().slice(0, 8)}`
  return registry.register({ id, service: contract.name, host: door.host, port: door.port, contracts: [contract.id] })
}

function propagation(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs))
}

/** One line for each call answered. */
function logCall(logger: Logger, { operation, status, reason, durationMs, principal }: SettledCall): void {
  const caller = principal.kind === 'service' ? principal.name : principal.kind
  const line = { event: 'call', operation, status, reason, caller, duration_ms: Math.round(durationMs * 10) / 10 }
  if (status >= 500) logger.warn(line, 'call')
  else logger.info(line, 'call')
}
