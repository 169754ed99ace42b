import { pause } from '../pause.ts'

/** A wait that can be cut short; a ring while nobody waits cuts the next wait short. */
export interface Alarm {
  wait(ms: number): Promise<void>
  ring(): void
}

/** Makes an alarm that has not rung. */
export function createAlarm(): Alarm {
  let current = new AbortController()
  return {
    async wait(ms) {
      await pause(ms, current.signal)
      current = new AbortController()
    },
    ring: () => current.abort(),
  }
}
