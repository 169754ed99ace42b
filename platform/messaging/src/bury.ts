import { durableName } from '@ashlar/contract'
import { createHash } from 'node:crypto'
import { formatTraceparent, type CallContext } from '@observability/telemetry'
import type { Bus, Delivery } from './bus.ts'
import { writeDeadLetter } from './dead-letter.ts'
import type { Outcome } from './handle-once.ts'
import { StreamFullError } from './errors.ts'
import { deadLetterStream } from './streams.ts'
import { deadLetterSubject } from './subjects.ts'

interface Burial {
  readonly delivery: Delivery
  readonly service: string
  readonly consumer: string
  readonly outcome: Extract<Outcome, { kind: 'dead' }>
  readonly context: CallContext
}

/** Whether a message's dead letter is safe with the broker. */
export type Buried = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly reason: string }

/** Sends a message's dead letter and waits for the broker to acknowledge it. Never throws: what cannot be buried must stay. */
export async function bury(bus: Bus, { delivery, service, consumer, outcome, context }: Burial): Promise<Buried> {
  const { errorClass, errorMessage, attempts } = outcome
  const traced = { requestId: context.requestId, traceparent: formatTraceparent(context.trace) }
  try {
    const letter = writeDeadLetter(delivery, { service, consumer, errorClass, errorMessage, attempts, ...traced })
    const transportId = transportIdOf(delivery, durableName(service, consumer))
    await bus.publish({
      transportId,
      subject: deadLetterSubject(service, consumer),
      headers: letter.headers,
      payload: JSON.stringify(letter),
    })
    return { ok: true, id: letter.id }
  } catch (error) {
    return { ok: false, reason: reasonOf(error, { service, consumer }) }
  }
}

function reasonOf(error: unknown, { service, consumer }: Pick<Burial, 'service' | 'consumer'>): string {
  if (error instanceof StreamFullError)
    return `${deadLetterStream(service).name} is full, and ${consumer} can set nothing aside: dlq list --service ${service}, then dlq retry or dlq drop`
  return error instanceof Error ? error.message : String(error)
}

// The same for every delivery of one message to one consumer, so that a burial whose acknowledgement was lost is not
// repeated. The digest tells apart messages that had the same place in a stream before and after it was lost.
function transportIdOf({ stream, sequence, payload }: Delivery, durable: string): string {
  const digest = createHash('sha256').update(payload).digest('hex').slice(0, 16)
  return `dead:${durable}:${stream}:${sequence}:${digest}`
}
