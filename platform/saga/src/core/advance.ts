import type { Step, StepPolicy } from '../definition.ts'
import { slugOf, stepKeyOf } from '../step-key.ts'
import type { Decision, LogEntry, Rules, Saga, Stuck } from './saga.ts'
import { replyWaitMs } from './wait-for-reply.ts'

/** Gives the step in hand. */
export function stepInHand(saga: Saga, { definition }: Rules): Step {
  const step = definition.steps[saga.step]
  if (step === undefined) throw new RangeError(`saga ${saga.id} stands at step ${saga.step}, which ${definition.name} does not have`)
  return step
}

/** How the step in hand is tried, in the direction it is tried in. */
export function policyInHand(saga: Saga, rules: Rules): Required<StepPolicy> {
  const step = stepInHand(saga, rules)
  return saga.direction === 'undo' && step.undo !== undefined ? step.undo.policy : step.policy
}

/** How often the step in hand was sent in this round. */
export function attemptOfRound({ attempt, roundFrom }: Saga): number {
  return attempt - roundFrom + 1
}

/** The part of a log entry that says which step it is about. */
export function about(saga: Saga, rules: Rules): Pick<LogEntry, 'step' | 'direction' | 'generation'> {
  return { step: stepInHand(saga, rules).name, direction: saga.direction, generation: saga.generation }
}

/** Sends the step in hand, under the key of its generation. */
export function send(saga: Saga, log: readonly LogEntry[], rules: Rules): Decision {
  const step = stepInHand(saga, rules)
  const make = saga.direction === 'do' ? step.input : step.undo?.input
  if (make === undefined) throw new TypeError(`step ${step.name} of ${rules.definition.name} has no undo`)
  const { direction, generation } = saga
  const stepKey = stepKeyOf({ sagaId: saga.id, slug: slugOf(step.name), direction, generation })
  return {
    next: saga,
    log: [...log, { kind: 'sent', ...about(saga, rules), attempt: saga.attempt }],
    command: { step: saga.step, direction, stepKey, input: make(saga.state) },
    wakeAfterMs: replyWaitMs(policyInHand(saga, rules), attemptOfRound(saga), rules.random),
  }
}

/** Goes on to the given step, or completes the saga after the last one. */
export function goForward(saga: Saga, log: readonly LogEntry[], rules: Rules): Decision {
  const { steps } = rules.definition
  if (saga.step >= steps.length) {
    const next: Saga = { ...saga, step: steps.length - 1, status: 'completed', stuck: undefined }
    return { next, log: [...log, { kind: 'completed' }], ending: 'completed' }
  }
  return send({ ...saga, status: 'running', stuck: undefined, direction: 'do', generation: 1, attempt: 1, roundFrom: 1 }, log, rules)
}

/** Takes back the step at the saga's position and those before it, last first; the saga is compensated when none is left. */
export function goBack(saga: Saga, log: readonly LogEntry[], rules: Rules): Decision {
  const { steps } = rules.definition
  const position = steps.findLastIndex((step, index) => index <= saga.step && step.undo !== undefined)
  if (position === -1) {
    const next: Saga = { ...saga, step: Math.max(saga.step, 0), status: 'compensated', stuck: undefined }
    return { next, log: [...log, { kind: 'compensated', reason: saga.turnedBecause ?? '' }], ending: 'compensated' }
  }
  return send(
    { ...saga, status: 'compensating', stuck: undefined, step: position, direction: 'undo', generation: 1, attempt: 1, roundFrom: 1 },
    log,
    rules,
  )
}

/** Turns round: from now on steps are taken back, beginning with the one at the saga's position. An abort's reason goes first. */
export function turnRound(saga: Saga, { reason, log }: { reason: string; log: readonly LogEntry[] }, rules: Rules): Decision {
  const turnedBecause = saga.abortReason ?? reason
  return goBack({ ...saga, turnedBecause, abortReason: undefined }, [...log, { kind: 'compensating', reason: turnedBecause }], rules)
}

/** Stops where it is until an operator or a late reply carries it on. The service hears of it once, when it stops. */
export function stopForAttention(saga: Saga, { stuck, log }: { stuck: Stuck; log: readonly LogEntry[] }, rules: Rules): Decision {
  const decision: Decision = {
    next: { ...saga, status: 'needs_attention', stuck },
    log: [...log, { kind: 'needs_attention', ...about(saga, rules), reason: stuck.reason }],
  }
  // it has no timer then, unless an operator has just asked for it to go on, which stays asked
  return saga.status === 'needs_attention' ? { ...decision, keepsTimer: true } : { ...decision, ending: 'stuck' }
}
