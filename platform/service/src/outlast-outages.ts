import { setTimeout as pause } from 'node:timers/promises'
import type { Delivery, Envelope, Handled } from '@ashlar/messaging'
import { DatabaseUnavailableError } from '@ashlar/persistence'
import type { Hosted } from './hosted.ts'
import { outagePatienceMs } from './time-limits.ts'

type Handle = (envelope: Envelope, delivery: Delivery) => Promise<Handled>

const lookEveryMs = 500

/**
 * Keeps a message in hand while the database is away, four minutes at most, and then lets the attempt fail: an outage
 * costs one attempt where it would have used up all of them, and no more messages are taken than can be carried out.
 */
export function outlastingOutages({ database, work }: Hosted, handle: Handle): Handle {
  return async (envelope, delivery) => {
    try {
      return await handle(envelope, delivery)
    } catch (error) {
      if (isOutage(error)) await untilItAnswers(database, work.signal)
      throw error
    }
  }
}

function isOutage(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof DatabaseUnavailableError) return true
  return false
}

async function untilItAnswers(database: Hosted['database'], signal: AbortSignal): Promise<void> {
  const giveUpAt = performance.now() + outagePatienceMs
  while (!signal.aborted && performance.now() < giveUpAt && !(await database.health()).healthy) {
    await pause(lookEveryMs, undefined, { signal }).catch(() => undefined)
  }
}
