import { setTimeout as sleep } from 'node:timers/promises'
import type { LocalServer } from './local-server.ts'

const firstPauseMs = 100
const longestPauseMs = 5_000

/** Starts a server again, on the same port with the same data, whenever it ends; until the signal says that we stop. */
export async function keepServerRunning(
  server: LocalServer,
  { signal, onNote }: { signal: AbortSignal; onNote: (note: string) => void },
): Promise<void> {
  let pauseMs = firstPauseMs
  while (!signal.aborted) {
    const how = await server.exited()
    if (signal.aborted) return
    onNote(`ended (${how}), starts again`)
    try {
      await server.start()
      onNote(`runs again on port ${server.port}`)
      pauseMs = firstPauseMs
    } catch (error) {
      onNote(error instanceof Error ? error.message : String(error))
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    }
  }
}
