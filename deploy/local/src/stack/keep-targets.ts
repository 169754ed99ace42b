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
      if (text !== written) {
        // A disk that is full now may not be at the next look.
        const isWritten = await writeTargets(targetsFolder, targets).then(
          () => true,
          () => false,
        )
        written = isWritten ? text : undefined
      }
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
