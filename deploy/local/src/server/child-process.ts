import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, closeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { endWithUs } from './dead-man.ts'

const hangPatienceMs = 1_000

/** How one server process is started. */
export interface Launch {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly logFile: string
  /** Variables beside PATH, LANG and TZ, the only ones a server inherits. */
  readonly env?: Readonly<Record<string, string>>
  /** Runs as another user: only root can. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined
}

/** How a process ended, in words: `exit code 1`, `SIGKILL`. */
export type Ending = string

/** A server process whose output goes to its log file. */
export interface ChildProcess {
  readonly pid: number
  readonly exited: Promise<Ending>
  /** Sends a signal and waits; after `patienceMs` sends `last`, and a second later SIGKILL; waits until it is gone. */
  end(signals: { first: NodeJS.Signals; last: NodeJS.Signals; patienceMs: number }): Promise<void>
}

/**
 * Starts a process in a session of its own, so that Ctrl-C in the terminal reaches only us and servers end last; should we
 * be killed, it is ended too.
 * Throws what the operating system says when the file cannot be run.
 */
export async function startChild({ file, args, cwd, logFile, env, user }: Launch): Promise<ChildProcess> {
  const log = openSync(logFile, 'a', 0o600)
  try {
    const child = spawn(file, args, {
      cwd,
      stdio: ['ignore', log, log],
      detached: true,
      env: { PATH: process.env['PATH'], LANG: 'C', TZ: 'UTC', ...env },
      ...user,
    })
    const exited = new Promise<Ending>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`)))
    await once(child, 'spawn')
    const letLive = endWithUs(child.pid!, 'INT')
    void exited.then(letLive)
    async function endsWithin(patienceMs: number): Promise<boolean> {
      const impatience = new AbortController()
      const pause = sleep(patienceMs, undefined, { signal: impatience.signal }).catch(() => undefined)
      const ending = await Promise.race([exited, pause])
      impatience.abort()
      return ending !== undefined
    }
    return {
      pid: child.pid!,
      exited,
      async end({ first, last, patienceMs }) {
        child.kill(first)
        if (await endsWithin(patienceMs)) return
        child.kill(last)
        // One that hangs, or was stopped by a debugger, hears nothing else.
        if (!(await endsWithin(hangPatienceMs))) child.kill('SIGKILL')
        await exited
      },
    }
  } finally {
    closeSync(log)
  }
}
