import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { endWithUs } from '@deploy/local'

const patienceMs = 60_000

/** A program of the repository, started by a test. */
export interface RunningProgram extends AsyncDisposable {
  /** Everything it has printed. */
  readonly lines: readonly string[]
  /** What it printed when it was ready. */
  readonly announcement: { readonly host?: string; readonly port?: number; readonly services?: readonly string[] }
}

/** Runs a program and waits until it says, in a line of its log, that it is ready. Throws what it said when it does not. */
export async function runProgram(main: string, environment: Readonly<Record<string, string>>): Promise<RunningProgram> {
  const env = { PATH: process.env['PATH'] ?? '', ...environment }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const exited = new Promise<'ended'>((resolve) => child.once('close', () => resolve('ended')))
  if (child.pid !== undefined) void exited.then(endWithUs(child.pid, 'TERM'))

  const lines: string[] = []
  const ready = Promise.withResolvers<RunningProgram['announcement']>()
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      if (line.includes('"event":"ready"')) ready.resolve(JSON.parse(line) as RunningProgram['announcement'])
    })
  }
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    if ((await Promise.race([exited, pause(10_000, 'late', { ref: false })])) === 'late') child.kill('SIGKILL')
    await exited
  }
  const first = await Promise.race([ready.promise, exited, pause(patienceMs, 'late' as const, { ref: false })])
  if (typeof first !== 'string') return { lines, announcement: first, [Symbol.asyncDispose]: stop }
  await stop()
  throw new Error(`${main} did not become ready (${first}); it said:\n  ${lines.slice(-20).join('\n  ')}`)
}
