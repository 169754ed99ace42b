import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { lockFolder } from '../folder-lock.ts'
import { endOrphans, forgetServers, noteServers } from '../orphans.ts'
import type { OnProgress, Program } from '../obtain/ways.ts'
import type { LocalServer, StopPace } from '../server/local-server.ts'
import { isFree } from '../server/is-free.ts'
import { requireFreePort } from '../server/port-in-use.ts'
import { keepTargets } from './keep-targets.ts'
import { obtainStackProgram } from './obtain-stack-program.ts'
import { forgetStack, noteStack, type StackAddresses } from './stack-note.ts'
import type { StackPorts } from './stack-ports.ts'
import { stackPins } from './stack-programs.ts'
import { startStackServer, type StackServerName } from './start-stack-server.ts'
import { targetsFolder } from './write-prometheus-configuration.ts'

export interface StackOptions {
  /** The folder of the system that is to be seen: `.ashlar` of a checkout. The stack's own is `stack` in it. */
  readonly systemFolder: string
  readonly ports: StackPorts
  /** Where Consul is, or will be. */
  readonly consulUrl: string
  /** Gives up a start under way; what has started is stopped. */
  readonly signal?: AbortSignal
  readonly onProgress?: OnProgress
  /** Told of each server as soon as it is ready, with the milliseconds it took. */
  readonly onStarted?: (server: LocalServer, tookMs: number) => void
}

/** The observability stack, running. */
export interface Stack extends AsyncDisposable {
  readonly addresses: StackAddresses
  readonly servers: readonly LocalServer[]
  /** Stops what sends before what receives, within 5 s, and gives the folder free. */
  stop(pace?: StopPace): Promise<void>
}

const starting = ['jaeger', 'loki', 'prometheus', 'collector'] as const satisfies readonly StackServerName[]

/**
 * Starts Jaeger, Loki and Prometheus, then the collector that feeds the first two, on a folder that only this process uses
 * meanwhile. What an earlier process left running there is ended first. When one fails to start, the others are stopped.
 * Throws `FolderInUseError`, `PortInUseError`, `ServerUnavailableError` or `ServerStartError`.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { ports, signal, onProgress = () => undefined } = options
  const systemFolder = resolve(options.systemFolder)
  const folder = join(systemFolder, 'stack')
  const lock = await lockFolder(folder, 'another "npm run stack" of this checkout')
  await using opened = new AsyncDisposableStack()
  opened.defer(() => lock.release())
  await endOrphans(folder)
  await untilFree(ports.collector.otlpHttp)
  await requireFreePorts(ports)
  const programs = new Map<StackServerName, Program>()
  for (const name of starting) programs.set(name, await obtainStackProgram(name, onProgress, signal))

  const running = new Map<StackServerName, LocalServer>()
  const start = async (name: StackServerName): Promise<void> => {
    signal?.throwIfAborted()
    const from = performance.now()
    const server = await startStackServer(name, { program: programs.get(name)!, folder, ports, consulUrl: options.consulUrl })
    running.set(name, server)
    options.onStarted?.(server, performance.now() - from)
  }
  async function stop(pace?: StopPace): Promise<void> {
    await running.get('collector')?.stop(pace)
    await Promise.all([...running.values()].map((server) => server.stop(pace)))
    await forgetServers(folder)
    await forgetStack(folder)
  }
  opened.defer(() => stop())
  const stores = await Promise.allSettled((['jaeger', 'loki', 'prometheus'] as const).map(start))
  for (const store of stores) if (store.status === 'rejected') throw store.reason
  await start('collector')
  const servers = starting.flatMap((name) => running.get(name) ?? [])
  await noteServers(folder, servers)
  opened.use(keepTargets({ systemFolder, targetsFolder: targetsFolder(join(folder, 'prometheus', 'configuration')) }))
  const addresses = await noteStack(folder, ports)

  const kept = opened.move()
  return {
    addresses,
    servers,
    async stop(pace) {
      await stop(pace)
      await kept.disposeAsync()
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

const yieldPatienceMs = 3_000
const lookAgainMs = 50

// The supervisor of a running system receives traces there, and goes away when it sees that the folder is locked.
async function untilFree(port: number): Promise<void> {
  const giveUpAt = performance.now() + yieldPatienceMs
  while (!(await isFree(port)) && performance.now() < giveUpAt) await sleep(lookAgainMs)
}

async function requireFreePorts(ports: StackPorts): Promise<void> {
  for (const name of starting)
    for (const [what, port] of Object.entries(ports[name]))
      await requireFreePort(port, `${stackPins[name].title} (${what})`, 'npm run stack')
}
