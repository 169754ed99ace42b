import type { Registry } from '@ashlar/discovery'
import type { DependencyHealth } from '@ashlar/service'

/**
 * Makes the probe of a registry. Until it has answered once nobody can be found, and the gateway is not ready; afterwards the
 * instances last heard of go on being asked while it is away, so its outage is shown and takes nobody out of routing.
 */
export function registryProbe(registry: Registry): () => Promise<DependencyHealth> {
  let hasAnswered = false
  return async () => {
    const health = await registry.health()
    hasAnswered ||= health.healthy
    return { ...health, required: !hasAnswered }
  }
}
