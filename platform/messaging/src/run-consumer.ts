import { runInContext, type Logger, type Telemetry } from '@observability/telemetry'
import type { Bus, Delivery, Disposition, StreamSpec, Subscription } from './bus.ts'
import { bury } from './bury.ts'
import type { Envelope } from './envelope.ts'
import { failureOf, handleOnce, type Handled, type Outcome } from './handle-once.ts'
import { matchesSubject } from './match-subject.ts'
import { contextOfMessage } from './message-context.ts'
import { readEnvelope } from './read-envelope.ts'
import { reportMessage } from './report-message.ts'
import { defaultRetryCurve, retryDelayMs, type RetryCurve } from './retry-delay.ts'
import { deadLetterStream } from './streams.ts'
import { durableName, replaySubject } from './subjects.ts'

/** One consumer of one service: what it reads, how hard it tries, and what it does with each message. */
export interface ConsumerOptions {
  readonly bus: Bus
  readonly service: string
  /** Letters, digits, `_` and `-`; unique within the service. */
  readonly name: string
  readonly stream: StreamSpec
  readonly subjects: readonly string[]
  readonly concurrency?: number
  /** After so many attempts a message becomes a dead letter. The default lasts some four minutes, longer than most outages. */
  readonly maxAttempts?: number
  readonly retry?: RetryCurve
  /** How long a handler may be silent before its message is delivered elsewhere too. */
  readonly ackWaitMs?: number
  readonly logger: Logger
  /** Of the service that consumes. */
  readonly telemetry: Telemetry
  readonly handle: (envelope: Envelope, delivery: Delivery) => Promise<Handled>
}

/**
 * Runs a consumer until its subscription is closed. Each message is handled at least once, in the context it was sent
 * in (same request and trace, no deadline), and logged in one line. A throw tries it again, later each time; a
 * `PermanentError`, an invalid envelope or the last attempt makes it a dead letter, acknowledged by the broker before
 * the message is let go. A message delivered oftener than `maxAttempts`, because its handler took the process with
 * it, becomes a dead letter without being handled. Nothing is dropped.
 */
export async function runConsumer(options: ConsumerOptions): Promise<Subscription> {
  const { bus, service, name, stream, subjects, concurrency = 8, maxAttempts = 16, retry = defaultRetryCurve, ackWaitMs = 30_000 } = options
  if (!/^[\w-]+$/.test(name)) throw new TypeError(`a consumer's name is made of letters, digits, _ and -; ${name} is not`)
  const durable = durableName(service, name)

  const ownReplays = replaySubject(stream.name, durable)
  const hearsOthers = stream.retention !== 'until-done'

  async function receive(delivery: Delivery): Promise<Disposition> {
    // A consumer of `orders.*.*` hears every replay; those of others are none of its business.
    if (hearsOthers && delivery.subject !== ownReplays && matchesSubject(replaySubject(stream.name, '*'), delivery.subject))
      return { kind: 'done' }
    const started = performance.now()
    const read = tryToRead(delivery)
    const envelope = 'unreadable' in read ? undefined : read
    const context = contextOfMessage(envelope, delivery)
    return runInContext(context, async () => {
      const outcome =
        'unreadable' in read ? read.unreadable : await handleOnce(delivery, { envelope: read, maxAttempts, handle: options.handle })
      const buried = outcome.kind === 'dead' ? await bury(bus, { delivery, service, consumer: name, outcome, context }) : undefined
      reportMessage(options.logger, {
        consumer: durable,
        delivery,
        envelope,
        outcome,
        buried,
        durationMs: Math.round(performance.now() - started),
      })
      // What could not be buried stays where it is, and is buried when the broker brings it again.
      const isSettled = outcome.kind === 'done' || buried?.ok === true
      return isSettled ? { kind: 'done' } : { kind: 'again', afterMs: retryDelayMs(delivery.attempt, retry) }
    })
  }

  await bus.ensureStream(stream)
  await bus.ensureStream(deadLetterStream(service))
  // The broker refuses filters that overlap.
  const listened = subjects.some((pattern) => matchesSubject(pattern, ownReplays)) ? subjects : [...subjects, ownReplays]
  return bus.consume({ stream: stream.name, name: durable, subjects: listened, concurrency, ackWaitMs }, receive)
}

function tryToRead({ payload, attempt }: Delivery): Envelope | { readonly unreadable: Outcome } {
  try {
    return readEnvelope(payload)
  } catch (error) {
    return { unreadable: { kind: 'dead', attempts: attempt, ...failureOf(error) } }
  }
}
