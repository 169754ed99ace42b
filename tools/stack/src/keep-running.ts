import { setTimeout as sleep } from 'node:timers/promises'
import type { LocalServer } from '@deploy/local'

/** How servers are watched over. */
export interface Keeping {
  readonly until: AbortSignal
  readonly say: (text: string) => void
  /** Waited before each new start. */
  readonly pauseMs: number
}

/** Starts a server again that ended without being asked to, and says so. Resolves after `until` is aborted and all have ended. */
export async function keepRunning(servers: readonly LocalServer[], keeping: Keeping): Promise<void> {
  await Promise.all(servers.map((server) => keepOne(server, keeping)))
}

async function keepOne(server: LocalServer, { until, say, pauseMs }: Keeping): Promise<void> {
  for (;;) {
    const ending = await server.exited()
    if (until.aborted) return
    say(`  ${server.title} ended (${ending}); it is started again. Its log: ${server.logFile}`)
    await sleep(pauseMs, undefined, { signal: until }).catch(() => undefined)
    if (until.aborted) return
    await server.start().catch((error: unknown) => say(`  ${error instanceof Error ? error.message : String(error)}`))
  }
}
