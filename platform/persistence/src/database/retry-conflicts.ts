import { setTimeout as sleep } from 'node:timers/promises'
import { isConflict, isStalePlan } from './read-failure.ts'

/** Runs a whole transaction again, up to 5 times in all, when another one was in its way; anything else is thrown on. */
export async function retryConflicts<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (tries === 5 || !(isConflict(error) || isStalePlan(error))) throw error
      // Full jitter: transactions that met once should not meet again.
      await sleep(Math.random() * 5 * 2 ** tries)
    }
  }
}
