import { randomUUID } from 'node:crypto'
import type { Registration } from '@ashlar/discovery'
import { createRpcListener, type EndedStream, type RpcListener, type RpcListenerOptions, type SettledCall } from '@ashlar/rpc'
import type { Principal } from '@ashlar/security'
import { createLogger, openProcessMetrics, type Logger } from '@observability/telemetry'
import { answerMetrics } from './answer-metrics.ts'
import { answerRequests } from './answer-request.ts'
import { authenticateCall } from './authenticate-call.ts'
import { ownVariable } from './config.ts'
import { drain, type Opened } from './drain.ts'
import { Health } from './health.ts'
import { hostService, type Hosting } from './host-service.ts'
import { openHttpDoor } from './http-door.ts'
import { facePorts, openFaces } from './open-faces.ts'
import type { Foundations } from './platform.ts'
import type { ServiceDefinition } from './service.ts'
import { stopSignal } from './stop-signal.ts'
import { stoppable, type Server } from './stoppable.ts'
import { StartInterruptedError, untilAskedToStop } from './until-asked-to-stop.ts'

/**
 * Serves services behind one port, of one service several majors where they are given, and announces each contract in the
 * registry. Databases first, so that no call finds none; then the door, so that no message is taken by a process that
 * cannot stay; then messages; then the registry. When a part fails, those before it are closed. Asked to stop meanwhile, it
 * gives a server that has stopped.
 */
export async function serve(foundations: Foundations, definitions: readonly ServiceDefinition[]): Promise<Server> {
  const { config, logger } = foundations
  const stopping = stopSignal()
  const health = new Health()
  const opened: Opened = {
    hostings: [],
    registrations: [],
    door: undefined,
    faces: [],
    streams: new AbortController(),
    processMetrics: undefined,
  }
  const taken = { health, logger }
  try {
    const door = await start({ foundations, health, asked: stopping.signal }, definitions, opened)
    const patience = { propagationMs: config.DRAIN_PROPAGATION_MS, graceMs: config.DRAIN_GRACE_MS }
    return stoppable(door, () => drain(opened, taken, patience), stopping)
  } catch (cause) {
    stopping.ignore()
    await drain(opened, taken, { propagationMs: 0, graceMs: 0 }).catch((err: unknown) =>
      logger.error({ err }, 'a failed start left parts open'),
    )
    if (!(cause instanceof StartInterruptedError)) throw cause
    return stoppable({ host: config.HOST, port: config.PORT }, () => Promise.resolve(), stopping)
  }
}

interface Starting {
  readonly foundations: Foundations
  readonly health: Health
  readonly asked: AbortSignal
}

async function start(
  starting: Starting,
  definitions: readonly ServiceDefinition[],
  opened: Opened,
): Promise<{ host: string; port: number }> {
  const { foundations, health, asked } = starting
  const { config, bus, registry, logger } = foundations
  health.watch('broker', () => bus.health())
  health.watch('registry', async () => ({ ...(await registry.health()), required: false }))

  for (const majors of Map.groupBy(definitions, ({ contract }) => contract.name).values())
    opened.hostings.push(await host(starting, majors))
  const processMetrics = openProcessMetrics()
  opened.processMetrics = processMetrics
  const listening = listeningTo(foundations, opened)
  const listener = createRpcListener(listening)
  await openFaces({ host: config.HOST, listening, definitions }, opened.faces)
  const metrics = answerMetrics(() => [processMetrics.metrics, ...opened.hostings.map(({ telemetry }) => telemetry.metrics)])
  const answering: RpcListener = (request, response) =>
    listener(request, response) || opened.faces.some(({ face }) => face.answer(request, response)) || metrics(request, response)
  const door = await openHttpDoor({
    host: config.HOST,
    port: config.PORT,
    health,
    logger,
    answer: answering,
  })
  opened.door = door
  await Promise.all(opened.hostings.map((hosting) => hosting.consume()))
  for (const { contract } of definitions) {
    const id = `${contract.name}-${randomUUID().slice(0, 8)}`
    const registering = registry.register({
      id,
      service: contract.name,
      host: door.host,
      port: door.port,
      contracts: [contract.id],
      ...facePorts(opened.faces, contract),
    })
    opened.registrations.push(leaving(registering))
    await untilAskedToStop(asked, registering)
  }
  logger.info({ event: 'ready', host: door.host, port: door.port, services: definitions.map(({ contract }) => contract.id) }, 'ready')
  return door
}

async function host({ foundations, health, asked }: Starting, [one, ...others]: readonly ServiceDefinition[]): Promise<Hosting> {
  if (one === undefined) throw new RangeError('there is nothing to serve')
  const { config, bus, identityOf, telemetryOf } = foundations
  const { name } = one.contract
  const logger = createLogger({ service: name, level: config.LOG_LEVEL })
  const databaseUrl = ownVariable(config, name, 'DATABASE_URL')
  const definitions = [one, ...others] as const
  return hostService({ definitions, databaseUrl, identity: identityOf(name), bus, health, logger, telemetry: telemetryOf(name), asked })
}

function listeningTo(foundations: Foundations, { hostings, streams }: Opened): RpcListenerOptions {
  const { logger } = foundations
  return {
    implementations: hostings.flatMap(({ kept }) => kept.map(({ hosted, operations }) => answerRequests(hosted, operations))),
    authenticate: (authorization, audience) => authenticateCall(foundations, authorization, audience),
    logger,
    onSettled: (settled) => logCall(logger, settled),
    streams: { closing: streams.signal, onEnded: (ended) => logStream(logger, ended) },
  }
}

/** A registration that may still be under way; one that fails leaves nothing to undo. */
function leaving(registering: Promise<Registration>): Registration {
  return {
    deregister: () =>
      registering.then(
        (registration) => registration.deregister(),
        () => undefined,
      ),
  }
}

/** One line for each stream that ended, beside the one for the call that opened it. */
function logStream(logger: Logger, { operation, how, items, durationMs, principal }: EndedStream): void {
  const line = { event: 'stream', operation, how, items, caller: callerOf(principal), duration_ms: Math.round(durationMs * 10) / 10 }
  if (how === 'failed') logger.warn(line, 'stream')
  else logger.info(line, 'stream')
}

function callerOf(principal: Principal): string {
  return principal.kind === 'service' ? principal.name : principal.kind
}

/** One line for each call answered. */
function logCall(logger: Logger, { operation, status, reason, thrown, durationMs, principal }: SettledCall): void {
  const line = {
    event: 'call',
    operation,
    status,
    reason,
    error: thrown,
    caller: callerOf(principal),
    duration_ms: Math.round(durationMs * 10) / 10,
  }
  if (status >= 500) logger.warn(line, 'call')
  else logger.info(line, 'call')
}
