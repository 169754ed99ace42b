import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { endWithUs } from '@deploy/local'

const patienceMs = 120_000

/** `npm run dev` in a copy of the repository. */
export interface Dev extends AsyncDisposable {
  /** Everything it has said. */
  readonly lines: readonly string[]
}

/** Starts the shop of a copy as somebody would in another terminal, and waits until its logs follow. Throws what it said when they do not. */
export async function devIn(root: string, environment: NodeJS.ProcessEnv): Promise<Dev> {
  const child = spawn('npm', ['run', 'dev'], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const exited = new Promise<'ended'>((resolve) => child.once('close', () => resolve('ended')))
  const pid = child.pid
  if (pid !== undefined) void exited.then(endWithUs(pid, 'TERM'))

  const lines: string[] = []
  const ready = Promise.withResolvers<'ready'>()
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      if (line.includes('Logs follow')) ready.resolve('ready')
    })
  async function stop(): Promise<void> {
    // npm and what it runs, as Ctrl-C would
    if (pid !== undefined && child.exitCode === null) process.kill(-pid, 'SIGTERM')
    await exited
  }
  const first = await Promise.race([ready.promise, exited, pause(patienceMs, 'late' as const, { ref: false })])
  if (first === 'ready') return { lines, [Symbol.asyncDispose]: stop }
  await stop()
  throw new Error(`npm run dev did not start (${first}); it said:\n  ${lines.slice(-20).join('\n  ')}`)
}
