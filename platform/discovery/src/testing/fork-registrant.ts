import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** An instance in a process of its own. */
export interface Registrant {
  /** Ends it as a crash would: nothing is deregistered. */
  kill(): Promise<void>
  /** Lets it close what it opened; gives its exit code once it has ended by itself. */
  leave(): Promise<number | null>
}

interface RegistrantOptions {
  readonly url: string
  readonly service: string
  readonly id: string
  readonly checkIntervalMs: number
}

/** Starts a process that registers an instance and watches its service; resolves once it has done both. */
export async function forkRegistrant({ url, service, id, checkIntervalMs }: RegistrantOptions): Promise<Registrant> {
  const script = fileURLToPath(new URL('./registrant-process.ts', import.meta.url))
  const child = fork(script, [url, service, id, String(checkIntervalMs)], { execArgv: [] })
  const ended = once(child, 'exit')
  await Promise.race([once(child, 'message'), ended.then(() => Promise.reject(new Error('the registrant ended early')))])
  return {
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async leave() {
      child.send('leave')
      await ended
      return child.exitCode
    },
  }
}
