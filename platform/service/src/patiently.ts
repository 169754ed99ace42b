import { setTimeout as pause } from 'node:timers/promises'
import { BrokerUnavailableError } from '@ashlar/messaging'
import type { Logger } from '@observability/telemetry'

/** Something that needs the broker: done, or tried again and again in the background. */
export interface Patient<Made> {
  /** What stands in the way, in words for an operator; `undefined` once it is done. */
  readonly problem: string | undefined
  /** What was made, once it is. */
  readonly made: Made | undefined
  /** Gives up trying, and gives what was made. */
  stop(): Promise<Made | undefined>
}

const retryEveryMs = 1_000

/**
 * Does something that needs the broker. Resolves after the first try: where the broker did not answer, it goes on trying
 * every second until it succeeds or is stopped. Throws anything else that goes wrong at the first try; later that is kept
 * as the problem, since by then the process has work in hand.
 */
export async function patiently<Made>(
  what: string,
  { logger, make }: { logger: Logger; make: () => Promise<Made> },
): Promise<Patient<Made>> {
  const stopping = new AbortController()
  let made: Made | undefined
  let problem: string | undefined
  const attempt = async (): Promise<void> => {
    made = await make()
    problem = undefined
  }
  const goOn = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await pause(retryEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return
      try {
        return await attempt()
      } catch (error) {
        problem = wordsOf(error)
        if (!(error instanceof BrokerUnavailableError)) logger.error({ err: error }, `${what} failed, and is tried again`)
      }
    }
  }
  let going = Promise.resolve()
  try {
    await attempt()
  } catch (error) {
    if (!(error instanceof BrokerUnavailableError)) throw error
    problem = wordsOf(error)
    logger.warn({ err: error }, `${what} waits for the broker`)
    going = goOn()
  }
  return {
    get problem() {
      return problem
    },
    get made() {
      return made
    },
    async stop() {
      stopping.abort()
      await going
      return made
    },
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
