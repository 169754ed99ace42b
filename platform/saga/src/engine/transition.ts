import type { Transaction } from '@ashlar/persistence'
import { annotate, currentContext, runInContext, type Logger, type Telemetry } from '@observability/telemetry'
import { decide } from '../core/decide.ts'
import type { Decision, SagaInput } from '../core/saga.ts'
import type { SagaDefinition } from '../definition.ts'
import { sendStep, type Sender } from '../send-step.ts'
import type { StoredSaga } from '../store/saga-row.ts'
import { writeDecision } from '../store/write-saga.ts'
import { tellTransition } from '../telemetry/tell-transition.ts'
import { inTraceOfSaga } from '../telemetry/trace-of-saga.ts'
import { runEnding } from './run-ending.ts'

/** What transitions are made with, apart from the saga. */
export interface Conduct extends Sender {
  readonly needs: unknown
  readonly logger: Logger
  readonly telemetry: Telemetry
}

/** One input to one saga, which the transaction has locked. */
export interface Occasion {
  readonly stored: StoredSaga
  readonly definition: SagaDefinition
  readonly input: SagaInput
}

/** Makes one transition: what is decided, logged, sent, and done at an end commits with `tx`, or none of it. */
export async function transition(tx: Transaction, { stored, definition, input }: Occasion, conduct: Conduct): Promise<void> {
  const decision = decide(stored.saga, input, { definition, random: Math.random() })
  const { command } = decision
  const { id: sagaId } = stored.saga
  annotate({ 'saga.name': stored.name, 'saga.id': sagaId })
  if (command !== undefined) await inTraceOfSaga(stored, () => sendStep(tx, command, { sagaId, definition, sender: conduct }))
  if (decision.ending !== undefined) {
    const { needs, service } = conduct
    await runEnding(tx, { kind: decision.ending, definition, stored, saga: decision.next, needs, service })
  }
  await inTraceOfSaga(stored, () => writeDecision(tx, stored, decision))
  const tell = tellTransition(conduct.telemetry, { stored, decision })
  const context = currentContext()
  tx.afterCommit(() => {
    tell()
    const say = () => report(stored, decision, { definition, logger: conduct.logger })
    if (context === undefined) say()
    else runInContext(context, say)
  })
}

function report(
  stored: StoredSaga,
  { next, log, ending }: Decision,
  { definition, logger }: { definition: SagaDefinition; logger: Logger },
): void {
  const saga = { saga: stored.name, saga_id: next.id, saga_key: stored.key }
  if (ending === 'stuck') logger.error({ ...saga, reason: next.stuck?.reason }, 'a saga needs attention')
  else if (ending !== undefined) logger.info({ ...saga, reason: next.turnedBecause }, `a saga was ${ending}`)
  const pivot = definition.steps.find((step) => step.kind === 'pivot')?.name
  const isBroken =
    next.turnedBecause !== undefined && log.some(({ kind, step, code }) => kind === 'late' && step === pivot && code === undefined)
  // A refusal is as final as a success: steps before the pivot are being taken back on the word of the first answer.
  if (isBroken) logger.error({ ...saga, step: pivot }, 'a participant did the pivot although it had refused it under the same key')
}
