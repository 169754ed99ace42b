import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { startChild, type ChildProcess, type Ending, type Launch } from './child-process.ts'
import { ServerStartError } from './errors.ts'
import { requireFreePort } from './port-in-use.ts'

export type ServerName = 'postgres' | 'nats' | 'consul' | 'collector' | 'prometheus' | 'loki' | 'jaeger'

/** How a server is stopped. */
export type StopPace = 'in-order' | 'hurried'

/** A server of this machine, running or ended. */
export interface LocalServer extends AsyncDisposable {
  readonly name: ServerName
  /** Its name as people write it. */
  readonly title: string
  readonly version: string
  /** Where its program came from, in a few words. */
  readonly origin: string
  readonly port: number
  /** How clients reach it. For PostgreSQL with the password of the superuser: never print it. */
  readonly url: string
  readonly logFile: string
  /** `undefined` while it is not running. */
  readonly pid: number | undefined
  /** Starts it on the same port with the same data; does nothing while it runs. */
  start(): Promise<void>
  /** Resolves when the process that runs now has ended, however that came about. */
  exited(): Promise<Ending>
  /** Ends it in good order within 2.5 s, losing nothing it has acknowledged; at once and less politely when hurried. */
  stop(pace?: StopPace): Promise<void>
  /** Ends it as a crash would. */
  kill(): Promise<void>
}

/** What differs from one server to the next. */
export interface ServerKind {
  readonly name: ServerName
  readonly title: string
  readonly version: string
  readonly origin: string
  readonly port: number
  readonly url: string
  /** Called before every start. */
  readonly prepare: () => Promise<Launch>
  /** Whether it takes clients; asked again and again while it starts. */
  readonly isReady: () => Promise<boolean>
  readonly stopSignals: { readonly first: NodeJS.Signals; readonly last: NodeJS.Signals }
  readonly logFile: string
  /** Called once it is ready. Gives the folders it could not read; they are mended while it is stopped, and it is started once more. */
  readonly findDamage?: () => Promise<readonly string[]>
  readonly mend?: (folder: string) => Promise<void>
  /** Where its data lies, for the message when it does not start. */
  readonly dataFolder?: string
}

const crash = { first: 'SIGKILL', last: 'SIGKILL', patienceMs: 1_000 } as const
const startPatienceMs = 30_000
const stopPatienceMs = { 'in-order': 2_000, hurried: 100 }

/** Starts a server and waits until it takes clients. Throws `ServerStartError` with the end of its log, or `PortInUseError`. */
export async function startServer(kind: ServerKind): Promise<LocalServer> {
  let running: ChildProcess | undefined
  let isStopping = false
  let starting: Promise<void> | undefined
  async function launchOnce(): Promise<void> {
    const child = await launch()
    const damaged = (await kind.findDamage?.()) ?? []
    if (child === undefined || isStopping || damaged.length === 0) return
    await child.end({ ...stopSignals, patienceMs: stopPatienceMs['in-order'] })
    for (const folder of damaged) await kind.mend?.(folder)
    await launch()
  }
  async function launch(): Promise<ChildProcess | undefined> {
    const given = await kind.prepare()
    await requireFreePort(kind.port, kind.title)
    if (isStopping) return undefined
    const child = await startChild(given)
    running = child
    void child.exited.then(() => (running = running === child ? undefined : running))
    await untilReady(kind, child)
    return child
  }
  function start(): Promise<void> {
    isStopping = false
    if (running !== undefined && starting === undefined) return Promise.resolve()
    starting ??= launchOnce().finally(() => (starting = undefined))
    return starting
  }
  async function stop(pace: StopPace = 'in-order'): Promise<void> {
    isStopping = true
    await running?.end({ ...stopSignals, patienceMs: stopPatienceMs[pace] })
    // A start under way must not bring it back behind our back; how that start fails is told to who asked for it.
    await starting?.catch(() => undefined)
  }
  const {
    prepare: _prepare,
    isReady: _isReady,
    findDamage: _findDamage,
    mend: _mend,
    dataFolder: _dataFolder,
    stopSignals,
    ...known
  } = kind
  const server: LocalServer = {
    ...known,
    get pid() {
      return running?.pid
    },
    start,
    exited: async () => running?.exited ?? 'not running',
    stop,
    kill: async () => running?.end(crash),
    [Symbol.asyncDispose]: () => stop(),
  }
  await start()
  return server
}

async function untilReady(kind: ServerKind, child: ChildProcess): Promise<void> {
  let ending: Ending | undefined
  void child.exited.then((how) => (ending = how))
  const giveUpAt = performance.now() + startPatienceMs
  while (!(await kind.isReady())) {
    if (ending !== undefined) throw new ServerStartError(`${kind.title} ended while starting (${ending}). ${await adviceFor(kind)}`)
    if (performance.now() > giveUpAt) {
      await child.end(crash)
      throw new ServerStartError(`${kind.title} was not ready after ${startPatienceMs / 1000} s. ${await adviceFor(kind)}`)
    }
    await sleep(20)
  }
}

async function adviceFor({ logFile, dataFolder }: ServerKind): Promise<string> {
  const advice =
    dataFolder === undefined ? '' : `\nShould its data in ${dataFolder} be damaged, start without any data: npm run dev -- --fresh`
  return `${await endOf(logFile)}${advice}`
}

async function endOf(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '')
  return `The end of ${logFile}:\n${text.trimEnd().split('\n').slice(-8).join('\n')}`
}
