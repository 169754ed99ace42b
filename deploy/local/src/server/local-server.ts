import { setTimeout as sleep } from 'node:timers/promises'
import { startChild, type ChildProcess, type Ending, type Launch } from './child-process.ts'
import { ServerStartError } from './errors.ts'
import { endOfLog, lengthOf } from './log-end.ts'
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
  /** What else it listens on, by what for: `DNS`. */
  readonly otherPorts?: Readonly<Record<string, number>>
  readonly url: string
  /** Called before every start. */
  readonly prepare: () => Promise<Launch>
  /** Whether it takes clients; asked again and again while it starts. What it throws ends the start: it never will. */
  readonly isReady: () => Promise<boolean>
  readonly stopSignals: { readonly first: NodeJS.Signals; readonly last: NodeJS.Signals }
  readonly logFile: string
  /** Called once it is ready. Gives the folders it could not read; they are mended while it is stopped, and it is started once more. */
  readonly findDamage?: () => Promise<readonly string[]>
  readonly mend?: (folder: string) => Promise<void>
  /** What to do should its data be damaged, and what that loses: for the message when it does not start. */
  readonly remedy?: string
  /** Gives up a start under way. */
  readonly signal?: AbortSignal | undefined
}

const crash = { first: 'SIGKILL', last: 'SIGKILL', patienceMs: 1_000 } as const
const startPatienceMs = 30_000
const stopPatienceMs = { 'in-order': 2_000, hurried: 100 }

/**
 * Starts a server and waits until it takes clients. Throws `ServerStartError` with the end of its log, `PortInUseError`,
 * what `isReady` throws, or the signal's reason; the process it started has ended by then.
 */
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
    await requireFreePorts(kind)
    kind.signal?.throwIfAborted()
    if (isStopping) return undefined
    const logged = await lengthOf(kind.logFile)
    const child = await startChild(given)
    running = child
    void child.exited.then(() => (running = running === child ? undefined : running))
    await untilReady({ ...kind, logged }, child)
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
  const { name, title, version, origin, port, url, logFile, stopSignals } = kind
  const server: LocalServer = {
    name,
    title,
    version,
    origin,
    port,
    url,
    logFile,
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

async function requireFreePorts({ title, port, otherPorts = {} }: ServerKind): Promise<void> {
  await requireFreePort(port, title)
  for (const [purpose, other] of Object.entries(otherPorts)) await requireFreePort(other, `${title} (${purpose})`)
}

interface Launched extends ServerKind {
  /** How long its log was before. */
  readonly logged: number
}

async function untilReady(kind: Launched, child: ChildProcess): Promise<void> {
  let ending: Ending | undefined
  void child.exited.then((how) => (ending = how))
  const giveUpAt = performance.now() + startPatienceMs
  try {
    while (!(await kind.isReady())) {
      if (ending !== undefined) throw new ServerStartError(await complaint(kind, `ended while starting (${ending})`))
      if (performance.now() > giveUpAt) throw new ServerStartError(await complaint(kind, `was not ready after ${startPatienceMs / 1000} s`))
      kind.signal?.throwIfAborted()
      await sleep(20)
    }
  } catch (error) {
    await child.end({ ...kind.stopSignals, patienceMs: stopPatienceMs.hurried })
    throw error
  }
}

async function complaint({ title, logFile, logged, remedy }: Launched, what: string): Promise<string> {
  const said = await endOfLog(logFile, { from: logged })
  return [`${title} ${what}. The end of ${logFile}:`, ...said, ...(remedy === undefined ? [] : [remedy])].join('\n')
}
