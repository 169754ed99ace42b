import { EventDataInvalidError, readEventData, typesReadAs } from '@ashlar/contract'
import { PermanentError, type Delivery, type Envelope, type Handled } from '@ashlar/messaging'
import { receiveOnce, wasReceived, type Transaction } from '@ashlar/persistence'
import { boundedEffect } from './bounded-effect.ts'
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
import { OutOfOrder, turnOf, type Turn } from './turn.ts'

/** Gives its needs to a reaction and makes it ready: each message has its effect once, in the order the reaction asks for. */
export function reactorOf(hosted: Hosted, reaction: Reaction, consumer: string): React {
  const handle = reaction.shape === 'local' ? localReactor(hosted, reaction) : stagedReactor(hosted, reaction)
  const told = typesReadAs(reaction.event)
  const heard = reaction.options.order === 'strict' ? reaction.event.lineage : told
  return async (envelope, { attempt, subject }) => {
    if (!heard.includes(envelope.type)) {
      // published under another subject than it says: not for us to guess which is meant
      if (subject !== envelope.type) throw new PermanentError(`${consumer} does not react to ${envelope.type}`)
      // an instance of tomorrow shares the consumer, and hears a version that is not known here
      return { kind: 'wait', reason: `${consumer} does not hear ${envelope.type} in this instance` }
    }
    const seen = { consumer, source: envelope.source, id: envelope.id }
    if (envelope.copyof !== undefined && heard.includes(envelope.copyof)) {
      if (await wasReceived(hosted.database, seen)) return { kind: 'done' }
      if (attempt < Math.min(copyPatience, reaction.options.maxAttempts ?? copyPatience))
        return { kind: 'wait', reason: `${envelope.copyof} tells the same, and better` }
    }
    const turn = turnOf(reaction, envelope, consumer)
    const occasion: Occasion = {
      data: undefined,
      context: contextOf(hosted, envelope),
      turn,
      isDone: () => wasReceived(hosted.database, seen),
      settle: (work) =>
        hosted.database.transaction(async (tx) => {
          if ((await receiveOnce(tx, seen)) && (await turn.take(tx)) === 'apply') await work(tx)
        }),
    }
    try {
      // another event of the aggregate only moves the position on
      if (!told.includes(envelope.type)) await occasion.settle(() => Promise.resolve())
      else await handle({ ...occasion, data: dataOf(reaction, envelope) })
      return { kind: 'done' }
    } catch (error) {
      if (error instanceof OutOfOrder) return { kind: 'wait', reason: error.message }
      throw error
    }
  }
}

/**
 * How often a message in an earlier version is put off when the newer one of the same fact is heard too and still to come.
 * It may never come: who began to hear the newer version between the two was told of the fact by this one alone.
 */
const copyPatience = 8

type React = (envelope: Envelope, delivery: Pick<Delivery, 'attempt' | 'subject'>) => Promise<Handled>

interface Occasion {
  readonly data: unknown
  readonly context: ReactionContext
  readonly turn: Turn
  readonly isDone: () => Promise<boolean>
  /** Runs the last transaction of the reaction, once for each message and when its turn has come. */
  readonly settle: (work: (tx: Transaction) => Promise<void>) => Promise<void>
}

type Handle = (occasion: Occasion) => Promise<void>

function localReactor(hosted: Hosted, reaction: LocalReaction): Handle {
  const handle = reaction.make(hosted.definition.needs)
  return ({ data, context, settle }) =>
    settle((tx) => announcing(hosted, { tx, context }, (emit) => handle(data, { ...context, tx, emit })))
}

function stagedReactor(hosted: Hosted, reaction: StagedReaction): Handle {
  const parts = reaction.make(hosted.definition.needs)
  return async ({ data, context, turn, isDone, settle }) => {
    if (await isDone()) return
    // asked before anything happens outside: afterwards it would be too late to find out
    if ((await turn.look(hosted.database)) === 'drop') return settle(() => Promise.resolve())
    const opened: unknown =
      parts.open === undefined
        ? data
        : await hosted.database.transaction((tx) =>
            announcing(hosted, { tx, context }, async (emit): Promise<unknown> => parts.open?.(data, { ...context, tx, emit })),
          )
    if (opened instanceof Settled) return settle(() => Promise.resolve())
    const key = `${context.source} ${context.messageId}`
    const outcome: unknown = await boundedEffect(reaction.event.type, [hosted.work.signal], (signal) =>
      parts.effect(opened, { ...context, key, signal }),
    )
    await settle((tx) => announcing(hosted, { tx, context }, (emit) => parts.complete(opened, outcome, { ...context, tx, emit })))
  }
}

async function announcing<Result>(
  { definition }: Hosted,
  { tx, context }: { tx: Transaction; context: ReactionContext },
  work: (emit: ReactionTransactionContext['emit']) => Promise<Result>,
): Promise<Result> {
  const announced = emitting(definition.contract, { who: 'a reaction', allowed: 'all-of-contract', causationId: context.messageId })
  const result = await work(announced.emit)
  await announced.flush(tx)
  return result
}

function contextOf({ logger }: Hosted, envelope: Envelope): ReactionContext {
  const { id: messageId, source, time: occurredAt, aggregateversion: aggregateVersion = 0 } = envelope
  return { messageId, source, aggregateVersion, occurredAt, logger }
}

function dataOf({ event }: Reaction, envelope: Envelope): unknown {
  try {
    return readEventData(event, envelope.type, envelope.data)
  } catch (cause) {
    if (!(cause instanceof EventDataInvalidError)) throw cause
    throw new PermanentError(`${envelope.type} ${envelope.id} is not what its contract says`, { cause })
  }
}
