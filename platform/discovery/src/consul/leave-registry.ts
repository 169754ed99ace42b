import type { Logger } from '@observability/telemetry'
import { backoffMs } from '../backoff.ts'
import { pause } from '../pause.ts'
import type { ConsulClient } from './consul-client.ts'

const attempts = 3

/**
 * Deregisters an instance, trying three times in about a second. Never throws: where Consul cannot be told, the instance's check
 * fails as soon as it stops listening, which takes it out of routing as well, and Consul clears it away later.
 */
export async function leaveRegistry(id: string, { client, logger }: { client: ConsulClient; logger: Logger }): Promise<void> {
  const uninterrupted = new AbortController().signal
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      await client.deregister(id)
      return
    } catch (error) {
      if (attempt === attempts) logger.warn({ err: error }, 'the registry could not be told that this instance leaves')
      else await pause(backoffMs(attempt, { capMs: 500 }), uninterrupted)
    }
  }
}
