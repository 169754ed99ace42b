import { bareEvent, type AnyEvent, type BoundEvent } from '@ashlar/contract'
import { emitEvents, type EventToEmit, type Transaction } from '@ashlar/persistence'
import type { EndingKind, Saga } from '../core/saga.ts'
import type { SagaDefinition } from '../definition.ts'
import type { StoredSaga } from '../store/saga-row.ts'
import { inTraceOfSaga } from '../telemetry/trace-of-saga.ts'

/** An ending tried to announce something its saga does not list, or data its contract does not allow. */
export class SagaEventRefusedError extends Error {
  override readonly name = 'SagaEventRefusedError'
}

/** Which ending of which saga, and what it is given. */
export interface EndingCall {
  readonly kind: EndingKind
  readonly definition: SagaDefinition
  readonly stored: StoredSaga
  /** As it is now. */
  readonly saga: Saga
  readonly needs: unknown
  readonly service: string
}

/** Runs an ending handler and announces its events, in the transaction of the transition it belongs to. */
export async function runEnding(tx: Transaction, { kind, definition, stored, saga, needs, service }: EndingCall): Promise<void> {
  const events: EventToEmit[] = []
  const emit = (event: AnyEvent, data: unknown): void => void events.push(checked(definition, event, data))
  const handle = definition[kind](needs)
  await handle({ state: saga.state, reason: reasonOf(saga) }, { tx, emit })
  await inTraceOfSaga(stored, () => emitEvents(tx, { service, events }))
}

function reasonOf(saga: Saga): string | undefined {
  return saga.stuck?.reason ?? (saga.status === 'completed' ? undefined : saga.turnedBecause)
}

function checked({ name, emits }: SagaDefinition, event: AnyEvent, data: unknown): EventToEmit {
  const declared = bareEvent(event)
  const bound = emits.find((one) => bareEvent(one) === declared) as BoundEvent | undefined
  if (bound === undefined) throw new SagaEventRefusedError(`an ending of saga ${name} emitted an event that its emits do not list`)
  const result = bound.data.safeParse(data)
  if (!result.success) {
    throw new SagaEventRefusedError(`an ending of saga ${name} emitted ${bound.type} with data its contract does not allow`, {
      cause: result.error,
    })
  }
  return { event: bound, data }
}
