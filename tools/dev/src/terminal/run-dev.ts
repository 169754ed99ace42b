import { join, resolve } from 'node:path'
import { FolderInUseError, PortInUseError, readPortBase, ServerStartError, ServerUnavailableError, StateDamagedError } from '@deploy/local'
import { MigrationFailedError, SeedFailedError } from '@ashlar/persistence'
import { UnknownServiceError } from '../system/programs.ts'
import { runSystem } from '../system/run-system.ts'
import { NotReadyError, type RunningSystem } from '../system/running-system.ts'
import type { SystemOptions } from '../system/system-options.ts'
import { usualPorts } from '../system/system-ports.ts'
import { devUsage, readDevArguments } from './dev-arguments.ts'
import { listenForStop } from './listen-for-stop.ts'
import { choosePaint } from './paint.ts'
import { renderLogLine } from './render-log-line.ts'
import { renderAddresses, renderStep } from './render-start.ts'

const root = resolve(import.meta.dirname, '..', '..', '..', '..')
const readyPatienceMs = 60_000
const storesRefused = [MigrationFailedError, SeedFailedError]
const explained = [
  FolderInUseError,
  PortInUseError,
  ServerStartError,
  ServerUnavailableError,
  StateDamagedError,
  UnknownServiceError,
  RangeError,
]

/** Runs `npm run dev` until it is told to stop. Gives the exit code. */
export async function runDev(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const asked = readDevArguments(words)
  if (asked.kind === 'help') return say(devUsage)
  if (asked.kind === 'refused') return complain(`${asked.reason}\n\n${devUsage}`)
  using stop = listenForStop()
  try {
    const ports = await usualPorts(readPortBase(environment['ASHLAR_PORT_BASE']))
    const options = {
      root,
      folder: join(root, '.ashlar'),
      ports,
      only: asked.only,
      data: asked.data,
      changes: 'watched',
      signal: stop.first,
      ...terminal(environment),
    } as const
    await runUntilStopped(options, stop)
    return 0
  } catch (error) {
    if (stop.first.aborted) return 0
    const reason = explanationOf(error)
    if (reason === undefined) throw error
    return complain(`\n${reason}`)
  }
}

function explanationOf(error: unknown): string | undefined {
  if (storesRefused.some((known) => error instanceof known))
    return `${(error as Error).message}\nTo start with empty databases instead: npm run dev -- --fresh`
  return explained.some((known) => error instanceof known) ? (error as Error).message : undefined
}

type Terminal = Required<Pick<SystemOptions, 'onStep' | 'onProgress' | 'onLine' | 'onNote'>>

function terminal(environment: NodeJS.ProcessEnv): Terminal {
  const paint = choosePaint(process.stdout, environment)
  const isRaw = environment['LOG_FORMAT'] === 'json'
  return {
    onStep: (step) => say(renderStep(step, paint)),
    onProgress: (line) => say(`    ${line}`),
    onLine: (name, line) => say(isRaw ? line : renderLogLine(name, line, paint)),
    onNote: (name, note) =>
      say(isRaw ? JSON.stringify({ service: 'dev', process: name, msg: note }) : renderLogLine(name, paint('yellow', note), paint)),
  }
}

async function runUntilStopped(options: SystemOptions & Terminal, stop: ReturnType<typeof listenForStop>): Promise<void> {
  const from = { system: performance.now(), processes: 0 }
  // What processes say while they start is news only when one of them does not come up; its error says it then.
  const log = { isOpen: false }
  const onLine: Terminal['onLine'] = (name, line) => log.isOpen && options.onLine(name, line)
  const system = await runSystem({ ...options, onLine })
  from.processes = performance.now()
  const hurry = (): void => void system.stop('hurried')
  stop.second.addEventListener('abort', hurry)
  try {
    await Promise.race([
      system.ready(readyPatienceMs).then(() => announce(system, options, from)),
      stop.first.aborted ? undefined : untilAborted(stop.first),
    ]).catch((error: unknown) => reportLate(system, error))
    log.isOpen = true
    await untilAborted(stop.first)
    say('  Stopping. Ctrl-C again hurries.')
  } finally {
    const stoppedFrom = performance.now()
    await system.stop()
    say(`  Stopped in ${seconds(performance.now() - stoppedFrom)}; nothing is left running.`)
  }
}

function announce(system: RunningSystem, { onStep }: Terminal, from: { system: number; processes: number }): void {
  const { services, gatewayUrl } = system.topology
  const now = performance.now()
  onStep({
    outcome: 'done',
    what: `${services.length} ${services.length === 1 ? 'service' : 'services'}`,
    how: services.join(' '),
    tookMs: now - from.processes,
  })
  onStep({ outcome: 'done', what: 'gateway', how: gatewayUrl, where: `ready after ${seconds(now - from.system)}` })
  say(renderAddresses(system))
  say('  Logs follow. Ctrl-C stops everything.\n')
}

function reportLate(system: RunningSystem, error: unknown): void {
  if (!(error instanceof NotReadyError)) throw error
  say(`\n${error.message}\n${renderAddresses(system)}`)
  say(`  Not ready: ${error.processes.join(', ')}. The rest runs; a changed file starts these again. Logs follow.\n`)
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1_000).toFixed(1)} s`
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

function say(text: string): 0 {
  process.stdout.write(`${text}\n`)
  return 0
}

function complain(text: string): 1 {
  process.stderr.write(`${text}\n`)
  return 1
}
