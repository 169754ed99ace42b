import { readStepKey, slugOf } from '../step-key.ts'
import { about, attemptOfRound, goBack, goForward, policyInHand, send, stepInHand, stopForAttention, turnRound } from './advance.ts'
import { abortOutcome } from './point-of-no-return.ts'
import type { Decision, LogEntry, Outcome, Rules, Saga, SagaInput } from './saga.ts'

/** The reason of a saga that turned round because a step before the pivot was never answered. */
export const noAnswer = 'no_answer'

/**
 * Decides what an input makes of a saga. Pure: the same saga, input and rules give the same decision. Any input may
 * come at any time and any number of times; what does not fit where the saga stands changes nothing.
 */
export function decide(saga: Saga, input: SagaInput, rules: Rules): Decision {
  switch (input.kind) {
    case 'started':
      return goForward(saga, [{ kind: 'started' }], rules)
    case 'replied':
      return answered(saga, input, rules)
    case 'timer':
      return unanswered(saga, rules)
    case 'abort':
      return abort(saga, input.reason)
    case 'resume':
      return resume(saga, rules)
    case 'broken':
      return broken(saga, input.reason, rules)
  }
}

function isMoving({ status }: Saga): boolean {
  return status === 'running' || status === 'compensating'
}

function unchanged(saga: Saga, log: readonly LogEntry[] = []): Decision {
  return { next: saga, log, keepsTimer: true }
}

function answered(saga: Saga, { stepKey, outcome }: { stepKey: string; outcome: Outcome }, rules: Rules): Decision {
  if (!answersStepInHand(saga, { stepKey, outcome }, rules)) return unchanged(saga, [late(stepKey, outcome, rules)])
  const log: LogEntry[] = outcome.ok
    ? [{ kind: 'done', ...about(saga, rules) }]
    : [{ kind: 'refused', ...about(saga, rules), code: outcome.code, detail: outcome.data ?? null }]
  if (!outcome.ok) return refused(saga, { code: outcome.code, log }, rules)
  if (saga.direction === 'undo') return goBack({ ...saga, step: saga.step - 1 }, log, rules)

  const { keep } = stepInHand(saga, rules)
  const done: Saga = keep === undefined ? saga : { ...saga, state: keep(saga.state, outcome.value) }
  if (saga.abortReason !== undefined) return turnRound(done, { reason: saga.abortReason, log }, rules)
  return goForward({ ...done, step: saga.step + 1 }, log, rules)
}

/** A success counts whichever generation it answers: the deed is done. A refusal counts for the newest key only, and once. */
function answersStepInHand(saga: Saga, { stepKey, outcome }: { stepKey: string; outcome: Outcome }, rules: Rules): boolean {
  const key = readStepKey(stepKey)
  if (key === undefined || key.sagaId !== saga.id || saga.status === 'completed' || saga.status === 'compensated') return false
  if (key.slug !== slugOf(stepInHand(saga, rules).name) || key.direction !== saga.direction) return false
  if (outcome.ok) return key.generation <= saga.generation
  return key.generation === saga.generation && saga.stuck?.because !== 'refused'
}

/**
 * A reply to a step the saga has left: a copy, or the answer to a step already being taken back. Nothing remains to be
 * done for it. The participant decided the order of do and undo: the undo came after the do and took it back, or came
 * before it and left a tombstone that refused the do.
 */
function late(stepKey: string, outcome: Outcome, { definition }: Rules): LogEntry {
  const key = readStepKey(stepKey)
  const step = definition.steps.find(({ name }) => slugOf(name) === key?.slug)
  return {
    kind: 'late',
    ...(step === undefined || key === undefined ? {} : { step: step.name, direction: key.direction, generation: key.generation }),
    ...(outcome.ok ? {} : { code: outcome.code }),
  }
}

function refused(saga: Saga, { code, log }: { code: string; log: readonly LogEntry[] }, rules: Rules): Decision {
  const step = stepInHand(saga, rules)
  if (saga.direction === 'undo' || step.kind === 'forward') {
    return stopForAttention(saga, { stuck: { because: 'refused', reason: `${deedInHand(saga, rules)} was refused: ${code}` }, log }, rules)
  }
  const reason = step.refusals[code] ?? code
  // Another copy of the command may still be on its way and meet a participant that has changed its mind: then this step is taken back too.
  const isForCertain = step.kind === 'pivot' || saga.attempt === 1
  return turnRound({ ...saga, step: isForCertain ? saga.step - 1 : saga.step }, { reason, log }, rules)
}

function deedInHand(saga: Saga, rules: Rules): string {
  const { name } = stepInHand(saga, rules)
  return saga.direction === 'undo' ? `undo of ${name}` : name
}

function unanswered(saga: Saga, rules: Rules): Decision {
  if (!isMoving(saga)) return unchanged(saga)
  const log: LogEntry[] = [{ kind: 'unanswered', ...about(saga, rules), attempt: saga.attempt }]
  if (attemptOfRound(saga) < policyInHand(saga, rules).attempts) return send({ ...saga, attempt: saga.attempt + 1 }, log, rules)

  // Silence is not a refusal: the step may have happened, so before the pivot it is taken back with the others.
  if (saga.direction === 'do' && stepInHand(saga, rules).kind === 'compensatable') {
    return turnRound(saga, { reason: noAnswer, log }, rules)
  }
  const reason = `${deedInHand(saga, rules)} was not answered after ${saga.attempt} ${saga.attempt === 1 ? 'attempt' : 'attempts'}`
  return stopForAttention(saga, { stuck: { because: 'unanswered', reason }, log }, rules)
}

/** Decides an abort, for which the definition is not needed: it takes effect when the step in hand is answered. */
export function abort(saga: Saga, reason: string): Decision {
  const isNew = saga.turnedBecause === undefined && saga.abortReason === undefined
  if (!isNew || abortOutcome(saga) !== 'aborting') return unchanged(saga)
  return unchanged({ ...saga, abortReason: reason }, [{ kind: 'abort_requested', reason }])
}

function broken(saga: Saga, reason: string, rules: Rules): Decision {
  if (saga.status === 'completed' || saga.status === 'compensated') return unchanged(saga)
  const { keepsTimer: _, ...decision } = stopForAttention(
    saga,
    { stuck: { because: saga.stuck?.because ?? 'unanswered', reason }, log: [] },
    rules,
  )
  return decision
}

function resume(saga: Saga, rules: Rules): Decision {
  if (saga.stuck === undefined) return unchanged(saga)
  const status = saga.turnedBecause === undefined ? 'running' : 'compensating'
  const again = { ...saga, status, stuck: undefined } as const
  const resumed: Saga =
    saga.stuck.because === 'refused'
      ? { ...again, generation: saga.generation + 1, attempt: 1, roundFrom: 1 }
      : { ...again, attempt: saga.attempt + 1, roundFrom: saga.attempt + 1 }
  return send(resumed, [{ kind: 'resumed', ...about(resumed, rules) }], rules)
}
