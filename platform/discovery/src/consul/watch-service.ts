import type { Logger } from '@observability/telemetry'
import { backoffMs } from '../backoff.ts'
import { pause } from '../pause.ts'
import type { ServiceWatch } from '../registry.ts'
import type { ConsulClient } from './consul-client.ts'
import { fullBucket, takeToken } from './token-bucket.ts'
import { afterAnswer, afterFailure, nextRequest, unheard } from './watch-decision.ts'

interface WatchNeeds {
  readonly client: ConsulClient
  readonly logger: Logger
}

/** Keeps what is known of one service fresh by blocking queries until closed. `ready` also resolves when it is closed first. */
export function watchService(service: string, { client, logger }: WatchNeeds): ServiceWatch {
  const stopping = new AbortController()
  const ready = Promise.withResolvers<void>()
  let state = unheard
  void follow()
  return {
    ready: ready.promise,
    instances: () => state.known,
    close: () => stopping.abort(),
  }

  async function follow(): Promise<void> {
    let bucket = fullBucket(performance.now())
    while (!stopping.signal.aborted) {
      // failures are paced by their backoff, and the question to the leader follows an answer that was paid for
      if (state.failures === 0 && !state.isVerifying) {
        const taken = takeToken(bucket, performance.now())
        bucket = taken.bucket
        await pause(taken.waitMs, stopping.signal)
      }
      await ask()
    }
    ready.resolve()
  }

  async function ask(): Promise<void> {
    try {
      const answer = await client.readHealth(service, nextRequest(state, performance.now()), stopping.signal)
      const before = state
      state = afterAnswer(before, answer, performance.now())
      if (before.failures > 0) logger.info({ watched: service, failures: before.failures }, 'the registry answers again')
      if (state.known !== before.known) logger.debug({ watched: service, instances: state.known.map(({ id }) => id) }, 'instances changed')
      ready.resolve()
    } catch (error) {
      if (stopping.signal.aborted) return
      state = afterFailure(state)
      if (state.failures === 1) logger.warn({ watched: service, kept: state.known.length, err: error }, 'the registry is away')
      await pause(backoffMs(state.failures, { capMs: 30_000 }), stopping.signal)
    }
  }
}
