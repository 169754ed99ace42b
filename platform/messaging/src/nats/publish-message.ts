import { InvalidArgumentError } from '@nats-io/transport-node'
import type { OutgoingMessage, PublishReceipt } from '../bus.ts'
import { BrokerForbiddenError, BrokerUnavailableError, MessageTooLargeError, StreamFullError, SubjectNotBoundError } from '../errors.ts'
import { refuseReservedHeaders } from '../own-headers.ts'
import { apiCodes, asOutage, hasCode, isNoResponders } from './api-errors.ts'
import type { KnownStreams } from './known-streams.ts'
import type { NatsLink, Session } from './nats-link.ts'
import { brokerTimeoutMs } from './nats-options.ts'
import { toWire } from './wire-headers.ts'

/** Sends a message and waits for the stream's acknowledgement, two seconds at most, a short loss of the connection included. */
export async function publishMessage(
  message: OutgoingMessage,
  { link, streams }: { link: NatsLink; streams: KnownStreams },
): Promise<PublishReceipt> {
  refuseReservedHeaders(message.headers)
  const before = performance.now()
  const session = await link.ready(`publishing on ${message.subject}`)
  const timeoutMs = Math.max(1, brokerTimeoutMs - (performance.now() - before))
  try {
    return await send(session, { message, timeoutMs })
  } catch (error) {
    if (!isNoResponders(error)) throw refusalOf(error, { subject: message.subject, user: session.user })
    return await sendUnbound(session, { message, streams, cause: error })
  }
}

async function send(
  { jetstream }: Session,
  { message, timeoutMs }: { message: OutgoingMessage; timeoutMs: number },
): Promise<PublishReceipt> {
  const { transportId, subject, payload } = message
  const receipt = await jetstream.publish(subject, payload, { msgID: transportId, headers: toWire(message.headers), timeout: timeoutMs })
  return { stream: receipt.stream, sequence: receipt.seq, duplicate: receipt.duplicate }
}

// Nobody took the message. If its stream is one of ours it was deleted: it is made again. If none has the subject, say so.
async function sendUnbound(
  session: Session,
  { message, streams, cause }: { message: OutgoingMessage; streams: KnownStreams; cause: unknown },
): Promise<PublishReceipt> {
  const { subject } = message
  try {
    if (!(await streams.restoreFor(session, subject))) await session.admin.streams.find(subject)
    return await send(session, { message, timeoutMs: brokerTimeoutMs })
  } catch (error) {
    if (hasCode(error, apiCodes.streamNotFound)) throw new SubjectNotBoundError(subject, { cause })
    throw refusalOf(error, { subject, user: session.user })
  }
}

function refusalOf(error: unknown, { subject, user }: { subject: string; user: string | undefined }): unknown {
  if (hasCode(error, apiCodes.messageTooLarge) || error instanceof InvalidArgumentError)
    return new MessageTooLargeError(subject, { cause: error })
  // The broker has one number for every failure to store; the limits are told apart by their words.
  if (hasCode(error, apiCodes.streamStoreFailed) && error instanceof Error && error.message.startsWith('maximum'))
    return new StreamFullError(subject, { cause: error })
  const outage = asOutage(error, `no acknowledgement for a message on ${subject}`, user)
  return outage instanceof BrokerUnavailableError || outage instanceof BrokerForbiddenError
    ? outage
    : new BrokerUnavailableError(`a message on ${subject} was not stored`, { cause: error })
}
