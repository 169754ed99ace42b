import { requireRegistrable, requireServiceName } from '../checked-instance.ts'
import { measuredHealth } from '../measured-health.ts'
import { openParts } from '../open-parts.ts'
import type { RegistryOptions } from '../registry-options.ts'
import type { Registry } from '../registry.ts'
import { openConsulClient } from './consul-client.ts'
import { keepRegistered } from './keep-registered.ts'
import { watchService } from './watch-service.ts'

/** Opens a registry on the Consul agent at an origin. `close` deregisters what is still registered and cuts every request short. */
export function openConsulRegistry(origin: string, { logger, token, checkIntervalMs = 2_000 }: RegistryOptions): Registry {
  const client = openConsulClient(origin, token)
  const parts = openParts()
  return {
    kind: 'consul',
    async register(instance) {
      parts.requireOpen()
      requireRegistrable(instance)
      return parts.addRegistration(keepRegistered(instance, { client, logger, checkIntervalMs }))
    },
    watch(service) {
      parts.requireOpen()
      requireServiceName(service)
      return parts.addWatch(watchService(service, { client, logger }))
    },
    health: () => measuredHealth(() => client.requireLeader()),
    async close() {
      await parts.closeAll()
      await client.close()
    },
  }
}
