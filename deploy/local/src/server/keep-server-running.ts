import { setTimeout as sleep } from 'node:timers/promises'
import type { LocalServer } from './local-server.ts'

const firstPauseMs = 100
const longestPauseMs = 5_000
/** A server that ran for so long ended for a reason of its own, not because it cannot run. */
const soundAfterMs = 10_000

interface Keeping {
  readonly signal: AbortSignal
  readonly onNote: (note: string) => void
  /** Told before each pause, in milliseconds. */
  readonly onPause?: (pauseMs: number) => void
}

/**
 * Starts a server again, on the same port with the same data, whenever it ends; until the signal says that we stop. The first time
 * at once; while it does not come up, or ends soon after it has, with ever longer pauses up to 5 s.
 */
export async function keepServerRunning(server: LocalServer, { signal, onNote, onPause }: Keeping): Promise<void> {
  let pauseMs = 0
  let upSince = performance.now() - soundAfterMs
  while (!signal.aborted) {
    const how = await server.exited()
    if (signal.aborted) return
    if (performance.now() - upSince >= soundAfterMs) pauseMs = 0
    onNote(`ended (${how}), starts again`)
    if (pauseMs > 0) {
      onPause?.(pauseMs)
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
    }
    pauseMs = Math.min(Math.max(pauseMs * 2, firstPauseMs), longestPauseMs)
    upSince = performance.now()
    try {
      await server.start()
      upSince = performance.now()
      onNote(`runs again on port ${server.port}`)
    } catch (error) {
      onNote(error instanceof Error ? error.message : String(error))
    }
  }
}
