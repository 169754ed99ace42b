import { setTimeout as sleep } from 'node:timers/promises'

/** How calls are made: so many together, whenever so many milliseconds have passed, whether the last ones are answered or not. */
export interface Pace {
  readonly calls: number
  readonly together: number
  readonly everyMs: number
}

/** Makes calls at a pace of their own, and gives how long each took in milliseconds. Who falls behind makes up for it at once. */
export async function callsAtPace(call: () => Promise<void>, { calls, together, everyMs }: Pace): Promise<number[]> {
  const tookMs: number[] = []
  const beganAt = performance.now()
  const made: Promise<void>[] = []
  const timed = async (): Promise<void> => {
    const startedAt = performance.now()
    await call()
    tookMs.push(performance.now() - startedAt)
  }
  for (let due = 0; made.length < calls; due += everyMs) {
    const early = beganAt + due - performance.now()
    if (early > 0) await sleep(early)
    for (let at = 0; at < together && made.length < calls; at += 1) made.push(timed())
  }
  await Promise.all(made)
  return tookMs
}
