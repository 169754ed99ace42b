import { setTimeout as pause } from 'node:timers/promises'

const pauseMs = 5

/** Questions that are asked over and over, in the background. */
export interface Asking<Answer> {
  /** Every answer so far. */
  readonly answers: readonly Answer[]
  /** Stops asking and waits for the last answers. Throws what a question threw. */
  end(): Promise<void>
}

/** Asks again and again, from several callers at once, until it is ended. */
export function keepAsking<Answer>(ask: () => Promise<Answer>, { callers = 1 } = {}): Asking<Answer> {
  const answers: Answer[] = []
  const over = new AbortController()
  const asking = Promise.all(
    Array.from({ length: callers }, async () => {
      while (!over.signal.aborted) {
        answers.push(await ask())
        await pause(pauseMs)
      }
    }),
  )
  // heard by who ends it
  asking.catch(() => undefined)
  return {
    answers,
    async end() {
      over.abort()
      await asking
    },
  }
}
