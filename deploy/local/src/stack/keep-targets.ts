import { setTimeout as sleep } from 'node:timers/promises'
import { findTargets, writeTargets } from './scrape-targets.ts'

const lookAgainMs = 2_000

/** Keeps Prometheus's target file as the running system is, until it is disposed of. */
export function keepTargets({ systemFolder, targetsFolder }: { systemFolder: string; targetsFolder: string }): AsyncDisposable {
  const ending = new AbortController()
  async function keep(): Promise<void> {
    let written: string | undefined
    while (!ending.signal.aborted) {
      const targets = await findTargets(systemFolder)
      const text = JSON.stringify(targets)
      if (text !== written) await writeTargets(targetsFolder, targets)
      written = text
      await sleep(lookAgainMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  }
  const keeping = keep()
  return {
    async [Symbol.asyncDispose]() {
      ending.abort()
      await keeping
    },
  }
}
