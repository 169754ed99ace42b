import { PermanentError, type Envelope } from '@ashlar/messaging'
import { checkOrder, type Database, type OrderVerdict, type Transaction } from '@ashlar/persistence'
import type { Reaction } from './handlers.ts'

/** An earlier event of the aggregate is still to come. Thrown, so that everything rolls back and the message comes again. */
export class OutOfOrder extends Error {
  override readonly name = 'OutOfOrder'
}

/** An event's turn among those of its aggregate. */
export interface Turn {
  /** Takes the turn in the transaction that applies the event: `drop` when a newer one was applied. Throws `OutOfOrder`. */
  take(tx: Transaction): Promise<Exclude<OrderVerdict, 'wait'>>
  /** Looks whether it would be its turn now, and changes nothing. Throws `OutOfOrder`. */
  look(database: Database): Promise<Exclude<OrderVerdict, 'wait'>>
}

/** Tells when an event may be applied, by the order its reaction asks for. Throws `PermanentError` for one without a place in the history where that matters. */
export function turnOf(reaction: Reaction, envelope: Envelope, consumer: string): Turn {
  const { order = 'none' } = reaction.options
  const { source, subject, aggregateversion: version } = envelope
  if (version === undefined && order !== 'none')
    throw new PermanentError(`${envelope.type} ${envelope.id} has no aggregateversion, and ${consumer} asks for order`)
  const position = { consumer, aggregate: `${source}/${subject}`, version: version ?? 0, order }

  const take: Turn['take'] = async (tx) => {
    const verdict = await checkOrder(tx, position)
    if (verdict === 'wait') throw new OutOfOrder(`version ${position.version} of ${position.aggregate} is not the next one`)
    return verdict
  }
  return {
    take,
    async look(database) {
      if (order === 'none') return 'apply'
      try {
        return await database.transaction(async (tx) => {
          throw new Looked(await take(tx))
        })
      } catch (error) {
        if (error instanceof Looked) return error.verdict
        throw error
      }
    },
  }
}

/** Carries a verdict out of a transaction that is rolled back. */
class Looked extends Error {
  readonly verdict: Exclude<OrderVerdict, 'wait'>
  constructor(verdict: Exclude<OrderVerdict, 'wait'>) {
    super('only a look')
    this.verdict = verdict
  }
}
