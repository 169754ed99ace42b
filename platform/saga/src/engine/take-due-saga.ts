import type { Database, Transaction } from '@ashlar/persistence'
import { childOf, currentContext, newTrace, parseTraceparent, runInContext } from '@observability/telemetry'
import type { SagaInput } from '../core/saga.ts'
import { lockDueSaga, type StoredSaga } from '../store/saga-row.ts'
import { definitionOf, type KnownDefinitions } from './known-definitions.ts'
import { transition, type Conduct } from './transition.ts'

/** After so many failures in a row a saga stops for attention rather than failing on for ever. */
const failuresAllowed = 8

/** What timers are run with. */
export interface TimerGround {
  readonly database: Database
  readonly known: KnownDefinitions
  readonly conduct: Conduct
}

/**
 * Carries on the saga that is due the longest, in one transaction; `false` when there is none that nobody else has in
 * hand. A transition that throws is put off, longer each time; database outages are thrown on.
 */
export async function takeDueSaga({ database, known, conduct }: TimerGround): Promise<boolean> {
  let taken: StoredSaga | undefined
  try {
    return await database.transaction(async (tx) => {
      taken = await lockDueSaga(tx, [...known.keys()])
      if (taken === undefined) return false
      await carryOn(tx, taken, { known, conduct })
      return true
    })
  } catch (error) {
    if (taken === undefined) throw error
    await putOff(database, taken, error)
    const { id: saga_id } = taken.saga
    conduct.logger.error({ err: error, saga: taken.name, saga_id, failures: taken.failures + 1 }, 'a saga could not go on and is put off')
    return true
  }
}

/** Runs under the request and trace the saga was started with. */
function carryOn(tx: Transaction, stored: StoredSaga, { known, conduct }: Omit<TimerGround, 'database'>): Promise<void> {
  const trace = childOf(parseTraceparent(stored.traceparent) ?? newTrace())
  const context = { ...currentContext(), requestId: stored.requestId, trace }
  const occasion = { stored, definition: definitionOf(stored, known), input: inputFor(stored) }
  return runInContext(context, () => transition(tx, occasion, conduct))
}

function inputFor({ failures, isResumeRequested }: StoredSaga): SagaInput {
  if (failures >= failuresAllowed) return { kind: 'broken', reason: `its next step could not be made in ${failures} attempts` }
  return isResumeRequested ? { kind: 'resume' } : { kind: 'timer' }
}

async function putOff(database: Database, { saga, failures }: StoredSaga, error: unknown): Promise<void> {
  const errorClass = error instanceof Error ? error.constructor.name : typeof error
  const delayMs = Math.min(500 * 2 ** failures, 60_000)
  await database.query(
    `update platform.saga set failures = failures + 1, last_error = $2, next_wake_at = clock_timestamp() + $3::integer * interval '1 millisecond'
     where id = $1 and next_wake_at <= now()`,
    [saga.id, errorClass, delayMs],
  )
}
