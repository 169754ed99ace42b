import { setTimeout as sleep } from 'node:timers/promises'
import type { LocalServer } from '@deploy/local'

const pauseMs = 1_000

/** Starts a server again that ended without being asked to, and says so. Resolves after `until` is aborted. */
export async function keepRunning(
  servers: readonly LocalServer[],
  { until, say }: { until: AbortSignal; say: (text: string) => void },
): Promise<void> {
  await Promise.all(servers.map((server) => keepOne(server, until, say)))
}

async function keepOne(server: LocalServer, until: AbortSignal, say: (text: string) => void): Promise<void> {
  for (;;) {
    const ending = await server.exited()
    if (until.aborted) return
    say(`  ${server.title} ended (${ending}); it is started again. Its log: ${server.logFile}`)
    await sleep(pauseMs, undefined, { signal: until }).catch(() => undefined)
    if (until.aborted) return
    await server.start().catch((error: unknown) => say(`  ${error instanceof Error ? error.message : String(error)}`))
  }
}
