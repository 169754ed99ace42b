import { setTimeout as sleep } from 'node:timers/promises'
import { SagaVersionUnknownError } from '../saga-errors.ts'
import { msUntilDue } from '../store/saga-row.ts'
import { refuseUnknownSagas } from './known-definitions.ts'
import { takeDueSaga, type TimerGround } from './take-due-saga.ts'

/** Longest time between two looks at the clock: a saga of another instance may become due meanwhile. */
const longestSleepMs = 1_000
const shortestSleepMs = 20
// two connections at most, so that timers never starve requests of theirs
const parallel = 2

/** What the timers last did. */
export interface Timers {
  /** Resolves when every living saga has its definition here; rejects with `SagaVersionUnknownError` when one has not. */
  readonly started: Promise<void>
  /** Time of the last complete round, in milliseconds of `performance.now()`, and what has gone wrong since. */
  readonly pulse: () => { readonly at: number; readonly error: unknown }
  close(): Promise<void>
}

/** Carries sagas on whose time has come. Any number of engines may run on one database: each saga is taken by one of them. */
export function runTimers(ground: TimerGround): Timers {
  const closing = new AbortController()
  const pulse = { at: performance.now(), error: undefined as unknown }
  const keepGoing = async (round: () => Promise<number>): Promise<void> => {
    while (!closing.signal.aborted) {
      let restMs = longestSleepMs
      try {
        restMs = await round()
        Object.assign(pulse, { at: performance.now(), error: undefined })
      } catch (error) {
        if (pulse.error === undefined) ground.conduct.logger.error({ err: error }, 'saga timers are held up')
        pulse.error = error
      }
      await sleep(restMs, undefined, { signal: closing.signal }).catch(() => undefined)
    }
  }
  const started = refusal(ground, closing.signal)
  const running = started.then(
    () => keepGoing(() => takeAllDue(ground, closing.signal)),
    (error: unknown) => {
      pulse.error = error
      ground.conduct.logger.error({ err: error }, 'saga timers do not run')
    },
  )
  return {
    started,
    pulse: () => pulse,
    async close() {
      closing.abort()
      await running
    },
  }
}

/** Asks until the database answers; a database that is away is no reason to refuse. */
async function refusal({ database, known, conduct }: TimerGround, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await refuseUnknownSagas(database, known)
    } catch (error) {
      if (signal.aborted || error instanceof SagaVersionUnknownError) throw error
      conduct.logger.warn({ err: error }, 'sagas could not be looked at yet')
      await sleep(longestSleepMs, undefined, { signal }).catch(() => undefined)
    }
  }
}

/** Takes what is due and gives how long to rest. */
async function takeAllDue(ground: TimerGround, signal: AbortSignal): Promise<number> {
  const dueInMs = (await msUntilDue(ground.database, [...ground.known.keys()])) ?? longestSleepMs
  if (dueInMs > 0) return Math.min(Math.max(dueInMs, shortestSleepMs), longestSleepMs)
  const takeUntilNone = async (): Promise<void> => {
    while (!signal.aborted && (await takeDueSaga(ground))) continue
  }
  await Promise.all(Array.from({ length: parallel }, takeUntilNone))
  // what is due still is in another's hand
  return shortestSleepMs
}
