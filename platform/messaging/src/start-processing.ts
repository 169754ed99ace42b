import type { Attributes, CallContext, StartedSpan, TraceContext, Tracing } from '@observability/telemetry'
import type { Delivery } from './bus.ts'
import type { Envelope } from './envelope.ts'
import type { Outcome } from './handle-once.ts'
import { originOf } from './origin-of.ts'

/** After so long a message is a thing of the past: its trace has been read, or thrown away. */
const longestLiveMs = 5 * 60_000

/** One delivery, about to be processed. */
export interface Arrival {
  readonly delivery: Delivery
  readonly envelope: Envelope | undefined
  /** The broker's name of the consumer. */
  readonly consumer: string
  /** What the message was published on, out of a bounded list. */
  readonly destination: string
  /** It was sent again to this consumer alone. */
  readonly isReplay: boolean
}

/** A delivery while it is processed. */
export interface Processing {
  /** The sender's request, a step further in its trace or in one of its own, no deadline. */
  readonly context: CallContext
  /** Where the message came from, when its processing is a trace of its own. */
  readonly linked: TraceContext | undefined
  end(ended: Outcome['kind'], outcome: Outcome): void
}

/**
 * Starts the span of a delivery and gives the context it is handled in. The first delivery of a fresh message goes on in
 * its sender's trace; whatever comes again or late begins one of its own. Both are linked to the sender's step.
 */
export function startProcessing(tracing: Tracing, arrival: Arrival): Processing {
  const { requestId, trace: sent } = originOf(arrival.envelope, arrival.delivery)
  const ageMs = ageOf(arrival.envelope)
  const isLive = arrival.delivery.attempt === 1 && !arrival.isReplay && !(ageMs > longestLiveMs)
  const span = tracing.start(`process ${arrival.destination}`, {
    kind: 'consumer',
    parent: isLive ? sent : undefined,
    links: sent === undefined ? undefined : [sent],
    attributes: attributesOf(arrival, { ageMs, requestId }),
  })
  return {
    context: { requestId, trace: span.trace, span },
    linked: isLive ? undefined : sent,
    end: (ended, outcome) => endSpan(span, ended, outcome),
  }
}

function attributesOf(arrival: Arrival, { ageMs, requestId }: { ageMs: number; requestId: string }): Attributes {
  const { delivery, envelope, consumer, destination, isReplay } = arrival
  return {
    'messaging.system': 'nats',
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.destination.name': delivery.subject,
    'messaging.destination.template': destination === delivery.subject ? undefined : destination,
    'messaging.destination.subscription.name': consumer,
    'messaging.message.id': envelope?.id,
    // of a command and of its reply the subject is the saga
    'messaging.message.conversation_id': envelope?.stepkey === undefined ? undefined : envelope.subject,
    'messaging.nats.stream': delivery.stream,
    'messaging.nats.sequence': delivery.sequence,
    'messaging.nats.delivery_count': delivery.attempt,
    'message.age': Number.isNaN(ageMs) ? undefined : ageMs / 1000,
    'message.replayed': isReplay ? true : undefined,
    'request.id': requestId,
  }
}

/** `NaN` for a message that cannot be read. */
function ageOf(envelope: Envelope | undefined): number {
  return envelope === undefined ? Number.NaN : Math.max(0, Date.now() - Date.parse(envelope.time))
}

function endSpan(span: StartedSpan, ended: Outcome['kind'], outcome: Outcome): void {
  span.set({ 'message.outcome': ended })
  const isHeld = outcome.kind === 'again' && outcome.isHeld
  if (outcome.kind === 'done' || isHeld) span.end()
  else span.end({ error: outcome.errorClass })
}
