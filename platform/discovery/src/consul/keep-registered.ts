import type { Logger } from '@observability/telemetry'
import { backoffMs } from '../backoff.ts'
import { pause } from '../pause.ts'
import { probeReadiness } from '../probe-readiness.ts'
import type { Instance, Registration } from '../registry.ts'
import { RegistryRefusedError } from '../registry-errors.ts'
import type { ConsulClient } from './consul-client.ts'
import { leaveRegistry } from './leave-registry.ts'
import { registrationBody } from './registration-body.ts'

export interface KeeperNeeds {
  readonly client: ConsulClient
  readonly logger: Logger
  readonly checkIntervalMs: number
}

/**
 * Registers an instance and registers it again whenever the agent has forgotten it (looked up every 10 to 15 s, sooner while
 * the agent fails). Resolves with Consul away as well and goes on trying; throws `RegistryRefusedError` when Consul says no.
 */
export async function keepRegistered(instance: Instance, needs: KeeperNeeds): Promise<Registration> {
  const { client, checkIntervalMs } = needs
  const logger = needs.logger.child({ registered: instance.service, instance: instance.id })
  const stopping = new AbortController()
  let failures = 0
  try {
    await announce()
  } catch (error) {
    if (error instanceof RegistryRefusedError) throw error
    noteFailure(error)
  }
  const kept = keep()
  let gone: Promise<void> | undefined
  return { deregister: () => (gone ??= leave()) }

  async function announce(): Promise<void> {
    const status = (await probeReadiness(instance)) === 'ready' ? 'passing' : 'critical'
    if (stopping.signal.aborted) return
    await client.register(registrationBody(instance, status, checkIntervalMs))
    logger.info({ status }, 'registered')
  }

  async function keep(): Promise<void> {
    while (!stopping.signal.aborted) {
      // capped below the doubt of the watchers, so that we are back before they forget us
      await pause(failures === 0 ? 10_000 + Math.random() * 5_000 : backoffMs(failures, { capMs: 15_000 }), stopping.signal)
      if (!stopping.signal.aborted) await look()
    }
  }

  async function look(): Promise<void> {
    try {
      if (!(await client.isRegistered(instance.id))) await announce()
      failures = 0
    } catch (error) {
      noteFailure(error)
    }
  }

  function noteFailure(error: unknown): void {
    failures += 1
    if (failures === 1) logger.warn({ err: error }, 'the registry cannot be told of this instance for now')
  }

  async function leave(): Promise<void> {
    stopping.abort()
    // a registration under way must not arrive after the deregistration
    await kept
    await leaveRegistry(instance.id, { client, logger })
  }
}
