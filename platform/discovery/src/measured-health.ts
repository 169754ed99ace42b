import type { RegistryHealth } from './registry.ts'

/** Runs a check that throws when the registry is not usable, and says how long it took. Never throws itself. */
export async function measuredHealth(check: () => Promise<unknown>): Promise<RegistryHealth> {
  const startedAt = performance.now()
  try {
    await check()
    return { healthy: true, latencyMs: performance.now() - startedAt }
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'unknown reason'
    return { healthy: false, latencyMs: performance.now() - startedAt, detail }
  }
}
