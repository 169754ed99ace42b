import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { until } from './town.ts'

const script = fileURLToPath(new URL('bank-process.ts', import.meta.url))

/** A bank in a process of its own. */
export interface BankProcess {
  /** Its log so far, each line parsed. */
  readonly lines: readonly Record<string, unknown>[]
  /** What it wrote to standard error. */
  readonly complaints: () => string
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** Waits for a line that names this event. */
  said(event: string): Promise<Record<string, unknown>>
  kill(signal: NodeJS.Signals): void
}

/** Starts the bank as a process; end it before the test ends. */
export function runBank(environment: Readonly<Record<string, string>>): BankProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    env: { PATH: process.env['PATH'], ...environment, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: Record<string, unknown>[] = []
  let complaints = ''
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line) as Record<string, unknown>))
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString()
  })
  const exited = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }))
  return {
    lines,
    complaints: () => complaints,
    exited,
    async said(event) {
      const found = await until(
        () => lines.find((line) => line['event'] === event),
        (line) => line !== undefined || child.exitCode !== null,
      )
      if (found === undefined) throw new Error(`the process ended and never said ${event}: ${complaints}`)
      return found
    },
    kill: (signal) => void child.kill(signal),
  }
}
