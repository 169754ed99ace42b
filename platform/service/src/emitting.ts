import { bareEvent, type AnyContract, type AnyEvent, type BoundEvent } from '@ashlar/contract'
import { emitEvents, type Transaction } from '@ashlar/persistence'

/** A handler tried to announce something its contract does not promise, or after its transaction had ended. */
export class EventRefusedError extends Error {
  override readonly name = 'EventRefusedError'
}

/** Events announced so far in one transaction; `flush` writes them to the outbox just before the commit. */
export interface Emitting {
  readonly emit: (event: AnyEvent, data: unknown) => void
  readonly flush: (tx: Transaction) => Promise<void>
}

/** Who announces, what they may, and the message that made them. */
export interface Announcer {
  readonly who: string
  readonly allowed: readonly AnyEvent[] | 'all-of-contract'
  readonly causationId?: string | undefined
}

/** Gathers what a handler emits. Each event must be the contract's own, one of `allowed`, and its data valid: otherwise `emit` throws, and so does `flush`, which rolls the transaction back. */
export function emitting(contract: AnyContract, { who, allowed, causationId }: Announcer): Emitting {
  const events: { event: BoundEvent; data: unknown }[] = []
  let refusal: EventRefusedError | undefined
  let isOver = false
  const checked = (event: AnyEvent, data: unknown): { event: BoundEvent; data: unknown } => {
    const bound = boundIn(contract, event)
    if (isOver) throw new EventRefusedError(`${who} emitted ${bound.type} after it had returned: await everything it does`)
    const isListed = allowed === 'all-of-contract' || allowed.some((one) => bareEvent(one) === bound.declared)
    if (!isListed) throw new EventRefusedError(`${who} may not emit ${bound.type}: list it under emits in its contract`)
    const result = bound.data.safeParse(data)
    if (result.success) return { event: bound, data: result.data }
    throw new EventRefusedError(`${who} emitted ${bound.type} with data its contract does not allow`, { cause: result.error })
  }
  return {
    emit(event, data) {
      try {
        events.push(checked(event, data))
      } catch (error) {
        if (error instanceof EventRefusedError) refusal = error
        throw error
      }
    },
    async flush(tx) {
      isOver = true
      // a handler that swallowed the refusal must not commit without its event
      if (refusal !== undefined) throw refusal
      if (events.length > 0) await emitEvents(tx, { service: contract.name, events, ...(causationId === undefined ? {} : { causationId }) })
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
