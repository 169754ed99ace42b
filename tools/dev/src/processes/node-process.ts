import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { endWithUs } from '@deploy/local'

/** A program of this repository and the environment it runs in. */
export interface Program {
  readonly name: string
  readonly main: string
  readonly environment: Readonly<Record<string, string>>
  /** Answers 200 once it takes work: `/health/ready`. */
  readonly healthPath: string
}

/** One run of a program. */
export interface NodeProcess {
  readonly pid: number
  /** How it ended, in words: `exit code 1`, `SIGKILL`. */
  readonly exited: Promise<string>
  /** Asks it to end; after `patienceMs` ends it. */
  end(patienceMs: number): Promise<void>
  kill(): Promise<void>
}

// Many small processes on one machine: each gives its memory back early, and keeps to itself that a feature is new.
// Telemetry is there before anything it should see.
const nodeFlags = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=2',
  '--optimize-for-size',
  `--import=${import.meta.resolve('@observability/telemetry/start')}`,
]
// Whoever looks at a trace has just made it; what the environment says goes before.
const seenSoon = { OTEL_BSP_SCHEDULE_DELAY: '200' }

/** Runs a program on this Node, in a session of its own, so that Ctrl-C in the terminal reaches only the supervisor. */
export function runNode({ main, environment }: Program, { cwd, onLine }: { cwd: string; onLine: (line: string) => void }): NodeProcess {
  const child = spawn(process.execPath, [...nodeFlags, main], {
    cwd,
    env: { ...seenSoon, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine)
  const exited = new Promise<string>((resolve) => {
    // Its last words are read before its end is told.
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`))
    child.once('error', (error) => resolve(error.message))
  })
  if (child.pid !== undefined) void exited.then(endWithUs(child.pid, 'TERM'))

  return {
    pid: child.pid ?? 0,
    exited,
    async end(patienceMs) {
      child.kill('SIGTERM')
      const impatience = new AbortController()
      const pause = sleep(patienceMs, 'late', { signal: impatience.signal }).catch(() => 'ended')
      if ((await Promise.race([exited, pause])) === 'late') child.kill('SIGKILL')
      impatience.abort()
      await exited
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
