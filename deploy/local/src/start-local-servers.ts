import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { obtainConsul } from './consul/obtain-consul.ts'
import { startConsul } from './consul/start-consul.ts'
import { emptyFolder } from './empty-folder.ts'
import { lockFolder } from './folder-lock.ts'
import { endOrphans, forgetServers, noteServers } from './orphans.ts'
import type { BrokerUser } from './nats/nats-configuration.ts'
import type { NatsServer } from './nats/nats-server.ts'
import { startNats } from './nats/start-nats.ts'
import type { OnProgress, Program } from './obtain/ways.ts'
import { portsFrom, readPortBase, type ServerPorts } from './ports.ts'
import { startPostgres } from './postgres/start-postgres.ts'
import { ServerUnavailableError } from './server/errors.ts'
import type { LocalServer, StopPace } from './server/local-server.ts'
import { noteWholeState, requireWholeState } from './system/whole-state.ts'

export interface LocalServersOptions {
  /** Where data, logs and the lock live: `.ashlar` of a checkout. */
  readonly folder: string
  /** Derived from `ASHLAR_PORT_BASE` unless given. */
  readonly ports?: ServerPorts
  /** Who may connect to nats-server, and what for; see `NatsOptions`. */
  readonly brokerUsers?: readonly BrokerUser[]
  /** `if-present` (the default): used where it can be had in seconds, else the file registry. */
  readonly consul?: 'if-present' | 'required' | 'off'
  /** `emptied` removes everything the folder holds first, the databases too. */
  readonly data?: 'kept' | 'emptied'
  /** Gives up starting when it is aborted, leaving nothing behind. */
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: OnProgress
  /** Told of each server as soon as it takes clients, with the milliseconds it took. */
  readonly onStarted?: (server: LocalServer, tookMs: number) => void
}

/** The servers of one system, running. */
export interface LocalServers extends AsyncDisposable {
  readonly postgres: LocalServer
  readonly nats: NatsServer
  /** Absent where it could not be had, or was not wanted. */
  readonly consul: LocalServer | undefined
  /** What services take as `REGISTRY_URL`: Consul's address, or a folder of files. */
  readonly registryUrl: string
  readonly all: readonly LocalServer[]
  /** Stops them in good order, all at once, and gives the folder free. */
  stop(pace?: StopPace): Promise<void>
}

/**
 * Starts PostgreSQL, nats-server and, where it can be had, Consul on a folder that only this process uses meanwhile.
 * Servers that an earlier process left running there are ended first. When one fails to start, the others are stopped.
 * Throws `StateDamagedError` when what the folder holds does not belong together.
 */
export async function startLocalServers(options: LocalServersOptions): Promise<LocalServers> {
  const { ports = portsFrom(readPortBase(process.env['ASHLAR_PORT_BASE'])), onProgress = () => undefined } = options
  const folder = resolve(options.folder)
  const lock = await lockFolder(folder)
  const started: LocalServer[] = []
  // One that fails gives up the others' start for the same reason.
  const failure = new AbortController()
  const signal = AbortSignal.any([failure.signal, ...(options.signal === undefined ? [] : [options.signal])])
  async function stop(pace?: StopPace): Promise<void> {
    await Promise.all(started.map((server) => server.stop(pace)))
    await forgetServers(folder)
    await lock.release()
  }
  async function timed<Server extends LocalServer | undefined>(starting: Promise<Server>): Promise<Server> {
    const from = performance.now()
    const server = await starting.catch((error: unknown) => {
      failure.abort(error)
      throw error
    })
    if (server === undefined) return server
    started.push(server)
    options.onStarted?.(server, performance.now() - from)
    return server
  }
  try {
    await endOrphans(folder)
    if (options.data === 'emptied') await emptyFolder(folder)
    await requireWholeState(folder)
    const [postgres, nats, consul] = await allSettledOrFirstError([
      timed(startPostgres({ folder, port: ports.postgres, endOrphan: true, signal })),
      timed(startNats({ folder, port: ports.nats, users: options.brokerUsers ?? [], onProgress, signal })),
      timed(consulIfWanted(options, { folder, ports, onProgress, signal })),
    ] as const)
    await noteWholeState(folder)
    await noteServers(folder, started)
    return {
      postgres,
      nats,
      consul,
      registryUrl: consul?.url ?? (await fileRegistry(folder)),
      all: started,
      stop,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function consulIfWanted(
  { consul = 'if-present' }: LocalServersOptions,
  { folder, ports, onProgress, signal }: { folder: string; ports: ServerPorts; onProgress: OnProgress; signal: AbortSignal },
): Promise<LocalServer | undefined> {
  if (consul === 'off') return undefined
  let program: Program
  try {
    program = await obtainConsul('quick', onProgress)
  } catch (error) {
    if (consul === 'required' || !(error instanceof ServerUnavailableError)) throw error
    return undefined
  }
  return startConsul({ folder, ports: ports.consul, program, signal })
}

async function fileRegistry(folder: string): Promise<string> {
  const registry = join(folder, 'registry')
  await mkdir(registry, { recursive: true })
  return pathToFileURL(registry).href
}

/** Waits for all, even when one fails, so that nothing is left starting behind the caller's back. */
async function allSettledOrFirstError<Work extends readonly unknown[]>(
  work: Work,
): Promise<{ -readonly [Each in keyof Work]: Awaited<Work[Each]> }> {
  await Promise.allSettled(work)
  return Promise.all(work)
}
