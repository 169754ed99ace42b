import type { Bus, Subscription } from '../bus.ts'
import { KnownStreams } from './known-streams.ts'
import { NatsLink, type LinkOptions } from './nats-link.ts'
import { brokerTimeoutMs } from './nats-options.ts'
import { NatsSubscription } from './nats-subscription.ts'
import { publishMessage } from './publish-message.ts'

export interface NatsOptions extends LinkOptions {
  /** Copies of each stream: 1, or 3 on a cluster of three. */
  readonly replicas?: number
}

/**
 * Connects to JetStream at `nats://user:password@host:port` (several with commas between). Returns within two seconds, whether or not
 * the broker is there: until it is, `health` says why not, `publish` throws `BrokerUnavailableError`, and streams and
 * consumers asked for are kept in mind and made once it is. The connection is kept up for ever; when the broker comes
 * back without some of its streams or consumers they are made again before `onConnected` calls back.
 */
export async function connectNats({ replicas = 1, ...options }: NatsOptions): Promise<Bus> {
  const { logger } = options
  const link = new NatsLink(options)
  const streams = new KnownStreams(link, { replicas, logger })
  const subscriptions = new Set<Subscription>()
  const callbacks = new Set<() => void>()
  const restore = async (): Promise<void> => {
    await streams.restoreAll()
    // Lost again meanwhile: the next connection tells.
    if (link.session !== undefined) for (const callback of callbacks) callback()
  }
  link.onUp(() => void restore())
  await link.ready('connecting').catch(() => undefined)

  return {
    ensureStream: (spec) => streams.ensure(spec),
    streamState: (name) => streams.state(name),
    publish: (message) => publishMessage(message, { link, streams }),

    async consume(spec, handle) {
      const subscription = new NatsSubscription({ link, streams, logger, spec, handle })
      await subscription.start()
      subscriptions.add(subscription)
      return {
        close: async () => {
          subscriptions.delete(subscription)
          await subscription.close()
        },
      }
    },

    onConnected(callback) {
      callbacks.add(callback)
    },

    async health() {
      const started = performance.now()
      const detail = await whatIsWrong(link, streams)
      const latencyMs = Math.round((performance.now() - started) * 10) / 10
      return detail === undefined ? { healthy: true, latencyMs } : { healthy: false, latencyMs, detail }
    },

    async close() {
      await Promise.all([...subscriptions].map((subscription) => subscription.close()))
      await link.close()
    },
  }
}

async function whatIsWrong(link: NatsLink, streams: KnownStreams): Promise<string | undefined> {
  const session = link.session
  if (session === undefined) return link.problem
  const { promise: tooLong, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${brokerTimeoutMs} ms`)), brokerTimeoutMs)
  try {
    await Promise.race([session.connection.rtt(), tooLong])
    const problems = [...streams.problems, ...link.forbidden]
    return problems.length > 0 ? problems.join('; ') : undefined
  } catch (error) {
    // The link knows the address, and may have learnt of the loss while we asked.
    return link.problem === '' ? `the broker does not answer: ${error instanceof Error ? error.message : String(error)}` : link.problem
  } finally {
    clearTimeout(timer)
  }
}
