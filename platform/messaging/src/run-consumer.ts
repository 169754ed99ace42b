import { durableName, type StreamSpec } from '@ashlar/contract'
import { runInContext, type Logger, type Telemetry } from '@observability/telemetry'
import type { Bus, Delivery, Disposition, Subscription } from './bus.ts'
import { watchBurials } from './burials.ts'
import { bury } from './bury.ts'
import type { Envelope } from './envelope.ts'
import { failureOf, handleOnce, type Handled, type Outcome } from './handle-once.ts'
import { matchesSubject } from './match-subject.ts'
import { countFromZero, measureMessage } from './measure-message.ts'
import { readEnvelope } from './read-envelope.ts'
import { reportMessage } from './report-message.ts'
import { defaultRetryCurve, retryDelayMs, type RetryCurve } from './retry-delay.ts'
import { startProcessing } from './start-processing.ts'
import { deadLetterStream } from './streams.ts'
import { replaySubject } from './subjects.ts'

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

/** A consumer at work. */
export interface RunningConsumer extends Subscription {
  /** Why it can set aside nothing that failed, and what to do; `undefined` while it can. It goes on trying by itself. */
  readonly problem: string | undefined
}

/**
 * Runs a consumer until its subscription is closed. Each message is handled at least once, in the request it was sent in
 * (no deadline), and is one span, one line of the log and one count of the metrics. The first delivery of a fresh message
 * goes on in its sender's trace; one that comes again, is replayed or is older than five minutes begins a trace of its own. A throw tries it again, later each time; a
 * `PermanentError`, an invalid envelope or the last attempt makes it a dead letter, acknowledged by the broker before
 * the message is let go. A message delivered oftener than `maxAttempts`, because its handler took the process with
 * it, becomes a dead letter without being handled. Nothing is dropped.
 */
export async function runConsumer(options: ConsumerOptions): Promise<RunningConsumer> {
  const { bus, service, name, stream, subjects, telemetry } = options
  const { concurrency = 8, maxAttempts = 16, retry = defaultRetryCurve, ackWaitMs = 30_000 } = options
  if (!/^[\w-]+$/.test(name)) throw new TypeError(`a consumer's name is made of letters, digits, _ and -; ${name} is not`)
  const durable = durableName(service, name)

  const ownReplays = replaySubject(stream.name, durable)
  const burials = watchBurials()
  const hearsOthers = stream.retention !== 'until-done'

  /** The names of spans and series are those of subjects asked for: others have no bound. */
  function destinationOf(subject: string | undefined): string {
    if (subject === undefined) return '_OTHER'
    if (subjects.includes(subject)) return subject
    return subjects.find((pattern) => matchesSubject(pattern, subject)) ?? '_OTHER'
  }

  async function receive(delivery: Delivery): Promise<Disposition> {
    // A consumer of `orders.*.*` hears every replay; those of others are none of its business.
    if (hearsOthers && delivery.subject !== ownReplays && matchesSubject(replaySubject(stream.name, '*'), delivery.subject))
      return { kind: 'done' }
    const started = performance.now()
    const read = tryToRead(delivery)
    const envelope = 'unreadable' in read ? undefined : read
    const isReplay = delivery.subject === ownReplays
    const destination = destinationOf(isReplay ? envelope?.type : delivery.subject)
    const processing = startProcessing(telemetry.tracing, { delivery, envelope, consumer: durable, destination, isReplay })
    const { context } = processing
    return runInContext(context, async () => {
      const outcome =
        'unreadable' in read ? read.unreadable : await handleOnce(delivery, { envelope: read, maxAttempts, handle: options.handle })
      const buried = outcome.kind === 'dead' ? await bury(bus, { delivery, service, consumer: name, outcome, context }) : undefined
      if (buried !== undefined) burials.note(buried)
      // What could not be buried stays where it is, and is buried when the broker brings it again.
      const isSettled = outcome.kind === 'done' || buried?.ok === true
      const ended = isSettled ? outcome.kind : 'again'
      const durationMs = performance.now() - started
      reportMessage(options.logger, { consumer: durable, delivery, envelope, linked: processing.linked, outcome, buried, durationMs })
      measureMessage(telemetry.metrics, { destination, consumer: durable, attempt: delivery.attempt, outcome, ended, durationMs })
      processing.end(ended, outcome)
      return isSettled ? { kind: 'done' } : { kind: 'again', afterMs: retryDelayMs(delivery.attempt, retry) }
    })
  }

  countFromZero(telemetry.metrics, durable)
  await bus.ensureStream(stream)
  await bus.ensureStream(deadLetterStream(service))
  // The broker refuses filters that overlap.
  const listened = subjects.some((pattern) => matchesSubject(pattern, ownReplays)) ? subjects : [...subjects, ownReplays]
  const subscription = await bus.consume({ stream: stream.name, name: durable, subjects: listened, concurrency, ackWaitMs }, receive)
  return {
    close: () => subscription.close(),
    get problem() {
      return burials.problem
    },
  }
}

function tryToRead({ payload, attempt }: Delivery): Envelope | { readonly unreadable: Outcome } {
  try {
    return readEnvelope(payload)
  } catch (error) {
    return { unreadable: { kind: 'dead', attempts: attempt, because: 'invalid', ...failureOf(error) } }
  }
}
