import { bareEvent, type AnyContract, type AnyEvent, type BoundEvent } from '@ashlar/contract'
import { emitEvents, type Transaction } from '@ashlar/persistence'

/** A handler tried to announce something its contract does not promise. */
export class EventRefusedError extends Error {
  override readonly name = 'EventRefusedError'
}

/** Events announced so far in one transaction; `flush` writes them to the outbox just before the commit. */
export interface Emitting {
  readonly emit: (event: AnyEvent, data: unknown) => void
  flush(tx: Transaction): Promise<void>
}

/** Gathers what a handler emits. Each event must be the contract's own, one of `allowed`, and its data valid: otherwise `emit` throws and the transaction rolls back. */
export function emitting(contract: AnyContract, allowed: readonly AnyEvent[] | 'all-of-contract', who: string): Emitting {
  const events: { event: BoundEvent; data: unknown }[] = []
  return {
    emit(event, data) {
      const bound = boundIn(contract, event)
      const listed = allowed === 'all-of-contract' || allowed.some((one) => bareEvent(one) === bound.declared)
      if (!listed) throw new EventRefusedError(`${who} may not emit ${bound.type}: list it under emits in its contract`)
      const checked = bound.data.safeParse(data)
      if (!checked.success)
        throw new EventRefusedError(`${who} emitted ${bound.type} with data its contract does not allow`, { cause: checked.error })
      events.push({ event: bound, data: checked.data })
    },
    async flush(tx) {
      if (events.length > 0) await emitEvents(tx, { service: contract.name, events })
    },
  }
}

function boundIn(contract: AnyContract, event: AnyEvent): BoundEvent {
  const declared = bareEvent(event)
  const bound = Object.values(contract.events).find((one) => one.declared === declared)
  if (bound === undefined)
    throw new EventRefusedError(`the event is not one of the contract ${contract.name}: a service announces only its own facts`)
  return bound
}
