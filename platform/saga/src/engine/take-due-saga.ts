import type { Database, Transaction } from '@ashlar/persistence'
import { currentContext, errorTypeOf, runInContext } from '@observability/telemetry'
import type { SagaInput } from '../core/saga.ts'
import { lockDueSaga, type StoredSaga } from '../store/saga-row.ts'
import { inTraceOfSaga, traceOfSaga } from '../telemetry/trace-of-saga.ts'
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
    const line = { err: error, saga: taken.name, saga_id: taken.saga.id, failures: taken.failures + 1 }
    inTraceOfSaga(taken, () => conduct.logger.error(line, 'a saga could not go on and is put off'))
    return true
  }
}

/** Runs under the request the saga was started with, as a step of its trace. */
async function carryOn(tx: Transaction, stored: StoredSaga, { known, conduct }: Omit<TimerGround, 'database'>): Promise<void> {
  const definition = definitionOf(stored, known)
  const { id, step, direction, attempt } = stored.saga
  const span = conduct.telemetry.tracing.start(`${stored.name} timer`, {
    kind: 'internal',
    parent: traceOfSaga(stored),
    attributes: {
      'saga.name': stored.name,
      'saga.id': id,
      'saga.step': definition.steps[step]?.name,
      'saga.direction': direction,
      'saga.attempt': attempt,
    },
  })
  const context = { ...currentContext(), requestId: stored.requestId, trace: span.trace, span }
  try {
    await runInContext(context, () => transition(tx, { stored, definition, input: inputFor(stored) }, conduct))
    span.end()
  } catch (error) {
    span.end({ error: errorTypeOf(error) })
    throw error
  }
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
