import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { deadLettersIn, type DeadLetters, type LyingMessage } from '../dead-letters.ts'
import { SubjectNotBoundError } from '../errors.ts'
import { asOutage, isNoResponders } from './api-errors.ts'
import { brokerTimeoutMs, natsOptions, userIn } from './nats-options.ts'
import { toWire } from './wire-headers.ts'

// In parts: one request for tens of thousands would run out of time, and end as if there were no more. And each part no more than a
// slow reader takes in, though every message were as large as may be (1 MB): the broker cuts a connection that 64 MB wait for.
const readAtOnce = 32

/** Opens the dead letters of all services at `nats://host:port`. Made for tools: a broker that is away is an error at once, `BrokerUnavailableError`. */
export async function openDeadLetters(url: string): Promise<DeadLetters> {
  const options = { ...natsOptions({ url, name: 'dead-letters' }), reconnect: false }
  const user = userIn(url)
  const orOutage = async <Result>(deed: string, ask: () => Promise<Result>): Promise<Result> => {
    try {
      return await ask()
    } catch (error) {
      throw asOutage(error, deed, user)
    }
  }
  const connection = await orOutage(`no connection to ${String(options.servers)}`, () => connect(options))
  const admin = await jetstreamManager(connection, { checkAPI: false, timeout: brokerTimeoutMs })
  const client = jetstream(connection, { timeout: brokerTimeoutMs })

  return deadLettersIn({
    streams: () => orOutage('listing streams', () => namesOf(admin)),
    messages: (stream) => orOutage(`reading ${stream}`, () => readAll(stream, { admin, client })),
    remove: (stream, sequence) =>
      orOutage(`removing ${sequence} from ${stream}`, async () => void (await admin.streams.deleteMessage(stream, sequence, false))),

    async publish({ transportId, subject, headers, payload }) {
      try {
        const receipt = await client.publish(subject, payload, { msgID: transportId, headers: toWire(headers) })
        return { stream: receipt.stream, sequence: receipt.seq, duplicate: receipt.duplicate }
      } catch (cause) {
        throw isNoResponders(cause) ? new SubjectNotBoundError(subject, { cause }) : asOutage(cause, `publishing on ${subject}`, user)
      }
    },

    close: () => connection.close(),
  })
}

async function readAll(stream: string, { admin, client }: { admin: JetStreamManager; client: JetStreamClient }): Promise<LyingMessage[]> {
  const { state } = await admin.streams.info(stream)
  const found: LyingMessage[] = []
  if (state.messages === 0) return found
  const consumer = await client.consumers.get(stream)
  let left = state.messages
  while (left > 0) {
    const before = found.length
    for await (const message of await consumer.fetch({ max_messages: Math.min(left, readAtOnce), expires: 2 * brokerTimeoutMs })) {
      found.push({ stream, sequence: message.seq, subject: message.subject, payload: message.string() })
      left = message.info.pending
      if (left === 0) break
    }
    if (found.length === before) break
  }
  await consumer.delete()
  return found
}

async function namesOf(admin: JetStreamManager): Promise<string[]> {
  const names: string[] = []
  for await (const name of admin.streams.names()) names.push(name)
  return names
}
