import { newId } from '@ashlar/messaging'
import type { Queryable, Transaction } from '@ashlar/persistence'
import { annotate } from '@observability/telemetry'
import { abort, decide } from './core/decide.ts'
import { newSaga } from './core/new-saga.ts'
import { abortOutcome } from './core/point-of-no-return.ts'
import type { SagaDefinition } from './definition.ts'
import { readHistoryOf } from './history/read-history.ts'
import type { SagaHistory } from './history/saga-history.ts'
import { SagaExistsError } from './saga-errors.ts'
import { sendStep, type Sender } from './send-step.ts'
import { lockSagaOf } from './store/saga-row.ts'
import { writeDecision, writeStart } from './store/write-saga.ts'

/** What a service does with its sagas, always inside a transaction of its own. */
export interface Sagas {
  /**
   * Starts a saga and sends its first command: if and only if the transaction commits, so there is no order without its
   * saga. Gives its id. Throws `SagaExistsError` when one of this name was started for the same key, `TypeError` for a
   * state that its schema does not allow.
   */
  start<State>(definition: SagaDefinition<State>, state: State, options: { tx: Transaction }): Promise<string>
  /**
   * Asks a saga to take back what it did. `aborting`: the step in hand is waited for, then all is taken back and the saga
   * ends as compensated (for this reason, unless it had turned round for another before). `too_late`: the pivot's command
   * is written. Repeating it changes nothing.
   */
  abort(
    definition: SagaDefinition,
    key: string,
    options: { tx: Transaction; reason: string },
  ): Promise<'aborting' | 'too_late' | 'not_found' | 'ended'>
  /** Tells what became of a saga: every step begun so far, in the order they were begun. */
  history(definition: SagaDefinition, key: string, options: { tx: Queryable }): Promise<SagaHistory | undefined>
}

/** Gives what starts, aborts and looks up the sagas of one service. Holds no state: make as many as are useful. */
export function createSagas(sender: Sender): Sagas {
  return {
    async start(definition, given, { tx }) {
      const state = checkedState(definition, given)
      const key = definition.key(state)
      const saga = newSaga(definition, { id: newId(), state })
      annotate({ 'saga.name': definition.name, 'saga.id': saga.id })
      const decision = decide(saga, { kind: 'started' }, { definition, random: Math.random() })
      if (!(await writeStart(tx, decision, { definition, key }))) throw new SagaExistsError(definition.name, key)
      if (decision.command !== undefined) await sendStep(tx, decision.command, { sagaId: saga.id, definition, sender })
      return saga.id
    },
    async abort(definition, key, { tx, reason }) {
      if (definition.abortableBy === undefined)
        throw new TypeError(`saga ${definition.name} does not say that it can be aborted: add abortableBy(…)`)
      // Its own definition may be of another version: an abort needs only what is pinned in the row.
      const stored = await lockSagaOf(tx, definition.name, key)
      if (stored === undefined) return 'not_found'
      annotate({ 'saga.name': stored.name, 'saga.id': stored.saga.id })
      await writeDecision(tx, stored, abort(stored.saga, reason))
      return abortOutcome(stored.saga)
    },
    history: (definition, key, { tx }) => readHistoryOf(tx, definition.name, key),
  }
}

function checkedState<State>({ name, state }: SagaDefinition<State>, given: State): State {
  const result = state.safeParse(given)
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.message}`)
  throw new TypeError(`the state given to saga ${name} is not valid: ${problems.join('; ')}`, { cause: result.error })
}
