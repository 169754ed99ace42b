import type { JsMsg } from '@nats-io/jetstream'
import type { Delivery, Disposition } from '../bus.ts'
import { retryDelayMs } from '../retry-delay.ts'
import { fromWire } from './wire-headers.ts'

export interface Handling {
  readonly handle: (delivery: Delivery) => Promise<Disposition>
  readonly ackWaitMs: number
  /** The message may have waited for its turn: its time is renewed before the handler starts. */
  readonly isLate: boolean
  /** Called when the handler has run so long that its message is no longer kept from others. */
  readonly onOverdue: (delivery: Delivery) => void
}

/** A handler may hold a message for so many times its silence; then it is taken to be stuck. */
const longestHoldWaits = 10

/**
 * Hands a message to its handler, tells the broker now and then that it is in hand, and settles it. Never throws: an
 * acknowledgement that is lost, or that the connection cannot take, means only that the message comes again.
 */
export async function settleMessage(message: JsMsg, { handle, ackWaitMs, isLate, onOverdue }: Handling): Promise<void> {
  const delivery = deliveryOf(message)
  if (isLate) quietly(() => message.working())
  let beats = 0
  const heartbeat = setInterval(() => {
    beats += 1
    if (beats <= longestHoldWaits * 3) return quietly(() => message.working())
    clearInterval(heartbeat)
    onOverdue(delivery)
  }, ackWaitMs / 3)
  try {
    const disposition = await disposedBy(handle, delivery)
    // A delay of nothing would be a bare nak: the broker would bring the message back at once, over and over.
    quietly(() => (disposition.kind === 'done' ? message.ack() : message.nak(Math.max(1, Math.ceil(disposition.afterMs)))))
  } finally {
    clearInterval(heartbeat)
  }
}

function deliveryOf(message: JsMsg): Delivery {
  const { stream, streamSequence, deliveryCount } = message.info
  return {
    subject: message.subject,
    headers: fromWire(message.headers),
    payload: message.string(),
    stream,
    sequence: streamSequence,
    attempt: deliveryCount,
  }
}

async function disposedBy(handle: Handling['handle'], delivery: Delivery): Promise<Disposition> {
  try {
    return await handle(delivery)
  } catch {
    return { kind: 'again', afterMs: retryDelayMs(delivery.attempt) }
  }
}

function quietly(tell: () => void): void {
  try {
    tell()
  } catch {
    // The connection is closed for good; the broker brings the message again after its silence.
  }
}
