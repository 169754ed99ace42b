import { PermanentError, runConsumer, streamsOf, type Bus, type Envelope, type Handled, type Subscription } from '@ashlar/messaging'
import { checkOrder, receiveOnce, wasReceived, type Transaction } from '@ashlar/persistence'
import { consumerName } from './consumer-name.ts'
import { emitting } from './emitting.ts'
import {
  Settled,
  type LocalReaction,
  type Reaction,
  type ReactionContext,
  type ReactionTransactionContext,
  type StagedReaction,
} from './handlers.ts'
import type { Hosted } from './hosted.ts'

/** Makes a service react to events, each reaction with a consumer of its own and the order it asks for. */
export function reactToEvents(hosted: Hosted, bus: Bus): Promise<Subscription>[] {
  const service = hosted.definition.contract.name
  return Object.entries(hosted.definition.reactions).map(([name, reaction]) => {
    const consumer = consumerName(name)
    return runConsumer({
      bus,
      service,
      name: consumer,
      stream: streamsOf({ name: reaction.event.contract }).events,
      subjects: subjectsFor(reaction),
      concurrency: reaction.options.concurrency ?? (reaction.shape === 'local' ? 4 : 16),
      ...(reaction.options.maxAttempts === undefined ? {} : { maxAttempts: reaction.options.maxAttempts }),
      logger: hosted.logger,
      handle: (envelope) => react(hosted, { reaction, consumer }, envelope),
    })
  })
}

/** Strict order needs every version of the aggregate, so also the events that are not reacted to. */
function subjectsFor({ event, options }: Reaction): readonly string[] {
  return options.order === 'strict' ? event.lineage : [event.type]
}

interface Reacting {
  readonly reaction: Reaction
  readonly consumer: string
}

class OutOfOrder extends Error {}

async function react(hosted: Hosted, { reaction, consumer }: Reacting, envelope: Envelope): Promise<Handled> {
  const seen = { consumer, source: envelope.source, id: envelope.id }
  const position = {
    consumer,
    aggregate: `${envelope.source}/${envelope.subject}`,
    version: envelope.aggregateversion ?? 0,
    order: reaction.options.order ?? 'none',
  }
  const context: ReactionContext = {
    messageId: envelope.id,
    source: envelope.source,
    aggregateVersion: position.version,
    occurredAt: envelope.time,
    logger: hosted.logger,
  }
  const settle = (work: (tx: Transaction) => Promise<void>) =>
    hosted.database.transaction(async (tx) => {
      if (!(await receiveOnce(tx, seen))) return
      const turn = await checkOrder(tx, position)
      if (turn === 'wait') throw new OutOfOrder()
      if (turn === 'apply' && envelope.type === reaction.event.type) await work(tx)
    })
  try {
    if (envelope.type !== reaction.event.type) await settle(async () => {})
    else if (reaction.shape === 'local') await reactLocally(hosted, reaction, { data: dataOf(reaction, envelope), context, settle })
    else if (!(await wasReceived(hosted.database, seen)))
      await reactStaged(hosted, reaction, { data: dataOf(reaction, envelope), context, settle })
    return { kind: 'done' }
  } catch (error) {
    if (error instanceof OutOfOrder)
      return { kind: 'wait', reason: `version ${position.version} of ${position.aggregate} is not the next one` }
    throw error
  }
}

interface Occasion {
  readonly data: unknown
  readonly context: ReactionContext
  /** Runs the last transaction of the reaction, once for each message. */
  readonly settle: (work: (tx: Transaction) => Promise<void>) => Promise<void>
}

function reactLocally(hosted: Hosted, reaction: LocalReaction, { data, context, settle }: Occasion): Promise<void> {
  const handle = reaction.make(hosted.definition.needs)
  return settle((tx) => announcing(hosted, tx, (emit) => handle(data, { ...context, tx, emit })))
}

async function reactStaged(hosted: Hosted, reaction: StagedReaction, { data, context, settle }: Occasion): Promise<void> {
  const parts = reaction.make(hosted.definition.needs)
  const { open } = parts
  const opened: unknown =
    open === undefined
      ? data
      : await hosted.database.transaction((tx) => announcing(hosted, tx, (emit) => open(data, { ...context, tx, emit })))
  if (opened instanceof Settled) return settle(async () => {})
  const key = `${context.source} ${context.messageId}`
  const outcome: unknown = await parts.effect(opened, { ...context, key, signal: AbortSignal.timeout(60_000) })
  await settle((tx) => announcing(hosted, tx, (emit) => parts.complete(opened, outcome, { ...context, tx, emit })))
}

async function announcing<Result>(
  hosted: Hosted,
  tx: Transaction,
  work: (emit: ReactionTransactionContext['emit']) => Promise<Result>,
): Promise<Result> {
  const announced = emitting(hosted.definition.contract, 'all-of-contract', 'a reaction')
  const result = await work(announced.emit)
  await announced.flush(tx)
  return result
}

function dataOf(reaction: Reaction, envelope: Envelope): unknown {
  const checked = reaction.event.data.safeParse(envelope.data)
  if (checked.success) return checked.data
  throw new PermanentError(`${envelope.type} ${envelope.id} is not what its contract says`, { cause: checked.error })
}
