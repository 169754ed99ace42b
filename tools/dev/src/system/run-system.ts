import { relative } from 'node:path'
import {
  clearTopology,
  keepServerRunning,
  requireFreePort,
  requireUnlocked,
  withoutSecrets,
  writeTopology,
  type StopPace,
  type Topology,
} from '@deploy/local'
import { createImportGraph } from '../changes/import-graph.ts'
import { watchPrograms } from '../changes/watch-programs.ts'
import { readWorkspaces } from '../changes/workspaces.ts'
import type { Program } from '../processes/node-process.ts'
import { SupervisedProcess } from '../processes/supervised-process.ts'
import { cardProviderProgram, gatewayProgram, serviceProgram } from './describe-programs.ts'
import type { Surroundings } from './environments.ts'
import { joinNewServices } from './join-new-services.ts'
import { keepTraces, type KeptTraces } from './keep-traces.ts'
import { chooseServices, findServices } from './programs.ts'
import { allReady, type RunningSystem } from './running-system.ts'
import { prepareNewService, startFoundations, type SystemFoundations } from './start-foundations.ts'
import type { SystemOptions } from './system-options.ts'

/**
 * Starts a whole system and keeps it running: servers, databases, keys, then every process. Resolves once the processes
 * are started; `ready()` waits until they take work. Throws `FolderInUseError`, `PortInUseError`, `UnknownServiceError`
 * or what a migration says, and then leaves nothing running.
 */
export async function runSystem(options: SystemOptions): Promise<RunningSystem> {
  const { root, folder, ports } = options
  const services = chooseServices(findServices(root), options.only)
  // First of all: a second system here has the first one's ports in its way, and that is not what is wrong.
  await requireUnlocked(folder)
  await requireFreePort(ports.gateway, 'the gateway')
  await requireFreePort(ports.cardProvider, 'the card provider')
  const foundations = await startFoundations(options)
  const around = surroundings(options, foundations)
  const programs = services.map((service) => serviceProgram(service, foundations.databaseUrls.get(service)!, around))
  if (services.includes('payments')) programs.unshift(cardProviderProgram(ports, around))
  programs.push(gatewayProgram(ports, around))

  const topology = describeTopology({ options, foundations, around, services })
  await writeTopology(folder, topology)
  const traces = await keepTraces(options)
  return supervise({ options, foundations, around, topology, programs, traces })
}

interface Parts {
  readonly options: SystemOptions
  readonly foundations: SystemFoundations
  readonly around: Surroundings
  readonly topology: Topology
  readonly programs: readonly Program[]
  readonly traces: KeptTraces | undefined
}

function supervise({ options, foundations, around, topology, programs, traces }: Parts): RunningSystem {
  const { root, folder, onLine = () => undefined, onNote = () => undefined } = options
  const { servers, databaseUrls, operator } = foundations
  const stopping = new AbortController()
  const processes = new Map<string, SupervisedProcess>()
  function heard(name: string, line: string): void {
    traces?.takeLine(line)
    onLine(name, line)
  }
  function run(program: Program): SupervisedProcess {
    const process = new SupervisedProcess(program, { cwd: root, onLine: heard, onNote, changes: options.changes })
    processes.set(program.name, process)
    process.start()
    return process
  }
  function startCopy(service: string): SupervisedProcess {
    const copies = [...processes.keys()].filter((name) => name === service || name.startsWith(`${service}-`)).length
    return run(serviceProgram(service, databaseUrls.get(service)!, { ...around, name: `${service}-${copies + 1}` }))
  }

  for (const program of programs) run(program)
  for (const server of servers.all)
    void keepServerRunning(server, { signal: stopping.signal, onNote: (note) => onNote(server.title, note) })
  const known = [...programs]
  const watch = (): Disposable => restartOnChange({ root, programs: known, processes, onNote })
  let changes = options.changes === 'watched' ? watch() : undefined
  let { services } = topology
  async function join(service: string): Promise<void> {
    onNote(service, 'is new: it is given a database, streams, keys and a user at the broker')
    await prepareNewService(service, { options, foundations })
    const program = serviceProgram(service, databaseUrls.get(service)!, around)
    const all = [...services, service].toSorted()
    await writeTopology(folder, { ...topology, services: all })
    if (stopping.signal.aborted) return
    services = all
    known.push(program)
    run(program)
    // what it is made of was unknown before
    changes?.[Symbol.dispose]()
    changes = watch()
  }
  const isOpen = options.changes === 'watched' && options.only === undefined
  const joining = isOpen ? joinNewServices({ root, known: services, join, onNote, signal: stopping.signal }) : undefined

  async function stop(pace: StopPace = 'in-order'): Promise<void> {
    stopping.abort()
    await joining
    changes?.[Symbol.dispose]()
    await Promise.all([operator.close(), ...[...processes.values()].map((process) => process.stop(pace))])
    await clearTopology(folder)
    // Processes have sent their last by now.
    await traces?.close()
    await servers.stop(pace)
  }
  const ready: RunningSystem['ready'] = (patienceMs, { broken } = { broken: 'awaited' }) =>
    allReady(processes, { patienceMs, broken, signal: stopping.signal })
  return {
    folder,
    get topology() {
      return { ...topology, services }
    },
    servers,
    processes,
    ready,
    startCopy,
    stop,
    [Symbol.asyncDispose]: () => stop(),
  }
}

interface Restarting {
  readonly root: string
  readonly programs: readonly Program[]
  readonly processes: ReadonlyMap<string, SupervisedProcess>
  readonly onNote: (process: string, note: string) => void
}

function restartOnChange({ root, programs, processes, onNote }: Restarting): Disposable {
  return watchPrograms({
    programs: new Map(programs.map(({ name, main }) => [name, main])),
    graph: createImportGraph(readWorkspaces(root)),
    onChange(changed) {
      for (const [name, file] of changed) {
        onNote(name, `restarts: ${relative(root, file)} changed`)
        void processes.get(name)?.restart()
      }
    },
  })
}

function surroundings(
  { root, folder, ports, inherited = {}, environment = {} }: SystemOptions,
  { servers, keys, natsUrls }: SystemFoundations,
): Surroundings {
  const [cardProviderUrl, otlpUrl] = [ports.cardProvider, ports.otlp].map((port) => `http://127.0.0.1:${port}`) as [string, string]
  return { root, folder, natsUrls, registryUrl: servers.registryUrl, cardProviderUrl, otlpUrl, keys, inherited, extra: environment }
}

function describeTopology({
  options,
  foundations,
  around,
  services,
}: Omit<Parts, 'topology' | 'programs' | 'traces'> & { services: readonly string[] }): Topology {
  return {
    startedAt: new Date().toISOString(),
    pid: process.pid,
    gatewayUrl: `http://127.0.0.1:${options.ports.gateway}`,
    natsUrl: foundations.servers.nats.url,
    registryUrl: around.registryUrl,
    cardProviderUrl: around.cardProviderUrl,
    postgresUrl: withoutSecrets(foundations.servers.postgres.url),
    otlpUrl: around.otlpUrl,
    services,
  }
}
