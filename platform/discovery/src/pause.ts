import { setTimeout as timer } from 'node:timers/promises'

/** Waits for some milliseconds, or until the signal aborts; never throws. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await timer(ms, undefined, { signal })
  } catch {
    // the only failure of a timer is the abort, which every caller sees on its signal
  }
}
