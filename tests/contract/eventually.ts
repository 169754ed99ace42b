import { setTimeout as pause } from 'node:timers/promises'

const patienceMs = 30_000

/** Asks again until there is something. Throws, saying what was waited for, after half a minute. */
export async function eventually<Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
  const until = performance.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > until) throw new Error(`it was waited in vain until ${what}`)
    await pause(50)
  }
}
