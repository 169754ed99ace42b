import { inSeconds, type StopRequests } from '@tools/terminal'
import { findServices } from '../system/programs.ts'
import { runSystem } from '../system/run-system.ts'
import { NotReadyError, type RunningSystem } from '../system/running-system.ts'
import type { SystemOptions } from '../system/system-options.ts'
import { holdStartingLines } from './hold-starting-lines.ts'
import { renderAddresses } from './render-start.ts'
import type { Terminal } from './terminal.ts'

const readyPatienceMs = 60_000

/** Runs a system and shows it, until it is asked to stop; then stops it. Throws what kept it from starting. */
export async function runUntilStopped(options: SystemOptions, stop: StopRequests, terminal: Terminal): Promise<void> {
  const from = { system: performance.now(), processes: 0 }
  // What processes say while they start is news only when one of them does not come up; its note says it then.
  const log = { isOpen: false }
  let system: RunningSystem | undefined
  using lines = holdStartingLines({
    processOf: (name) => system?.processes.get(name),
    onLine: terminal.onLine,
    onNote: terminal.onNote,
  })
  const { onStep, onProgress } = terminal
  const onLine: Terminal['onLine'] = (name, line) => log.isOpen && lines.onLine(name, line)
  system = await runSystem({ ...options, onStep, onProgress, onLine, onNote: lines.onNote })
  from.processes = performance.now()
  const hurry = (): void => void system.stop('hurried')
  stop.second.addEventListener('abort', hurry)
  try {
    await Promise.race([
      system.ready(readyPatienceMs, { broken: 'given-up' }).then(() => announce(system, terminal, { ...from, root: options.root })),
      untilAborted(stop.first),
    ]).catch((error: unknown) => reportLate(system, terminal, error))
    log.isOpen = true
    await untilAborted(stop.first)
    terminal.say('  Stopping. Ctrl-C again hurries.')
  } finally {
    const stoppedFrom = performance.now()
    await system.stop()
    terminal.say(`  Stopped in ${inSeconds(performance.now() - stoppedFrom)}; nothing is left running.`)
  }
}

function announce(system: RunningSystem, { onStep, say }: Terminal, from: { system: number; processes: number; root: string }): void {
  const { services, gatewayUrl } = system.topology
  const now = performance.now()
  onStep({
    outcome: 'done',
    what: `${services.length} ${services.length === 1 ? 'service' : 'services'}`,
    how: services.join(' '),
    tookMs: now - from.processes,
  })
  onStep({ outcome: 'done', what: 'gateway', how: gatewayUrl, where: `ready after ${inSeconds(now - from.system)}` })
  say(renderAddresses(system, { isWhole: services.length === findServices(from.root).length }))
  say('  Logs follow; a service that starts again takes another port and says so. Ctrl-C stops everything.\n')
}

function reportLate(system: RunningSystem, { paint, say }: Terminal, error: unknown): void {
  if (!(error instanceof NotReadyError)) throw error
  say('')
  for (const { name, isBroken, lastWords } of error.processes) {
    // What one said that keeps ending stands above, in its note.
    const said = isBroken ? [] : lastWords.map((line) => `      ${line}`)
    const why = isBroken ? 'does not start; why is told above' : `not ready after ${inSeconds(readyPatienceMs)}; it said:`
    say([`  ${paint('red', '✗')} ${name.padEnd(20)} ${why}`, ...said].join('\n'))
  }
  say(renderAddresses(system, { isWhole: false }))
  say('  The rest runs; what is missing is tried again every 5 s, and at once when its code changes. Logs follow.\n')
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
