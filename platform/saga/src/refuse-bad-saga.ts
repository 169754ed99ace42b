import { hasKey, type AnyBoundOperation } from '@ashlar/contract'
import type { SagaDefinition, Step, StepPolicy } from './definition.ts'
import { SagaRefusedError } from './saga-refused.ts'
import { slugOf } from './step-key.ts'

/** Checks a saga at its definition. Throws `SagaRefusedError` with every problem and what to do instead. */
export function refuseBadSaga(saga: SagaDefinition): void {
  const problems = [
    ...nameProblems(saga),
    ...saga.steps.flatMap(stepProblems),
    ...sequenceProblems(saga),
    ...emitProblems(saga),
    ...abortProblems(saga),
  ]
  if (problems.length > 0) throw new SagaRefusedError(saga.name, problems)
}

function nameProblems({ name, version, steps }: SagaDefinition): string[] {
  const slugs = steps.map((step) => slugOf(step.name))
  const twice = steps.filter((step, index) => slugs.indexOf(slugOf(step.name)) !== index)
  return [
    ...(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) ? [] : [`the name ${JSON.stringify(name)}: use lower case words with hyphens`]),
    ...(Number.isSafeInteger(version) && version >= 1 ? [] : [`version ${version}: use 1, 2, 3, …`]),
    ...twice.map((step) => `step ${step.name}: the name is taken (names that differ only in spaces, case or signs make the same key)`),
  ]
}

function stepProblems(step: Step): string[] {
  const where = `step ${step.name}`
  const undeclared = Object.keys(step.refusals).filter((code) => !(code in step.operation.errors))
  const takesBack = step.undo !== undefined
  return [
    ...(slugOf(step.name) === '' ? [`step ${JSON.stringify(step.name)}: give it a name with a letter or a digit`] : []),
    ...operationProblems(where, step.operation),
    ...policyProblems(where, step.policy),
    ...(step.undo === undefined ? [] : operationProblems(`undo of ${step.name}`, step.undo.operation)),
    ...(step.undo === undefined ? [] : policyProblems(`undo of ${step.name}`, step.undo.policy)),
    ...undeclared.map((code) => `${where}: ${step.operation.address} declares no error ${code}`),
    ...(step.kind === 'compensatable' && step.operation.kind === 'mutation' && !takesBack
      ? [`${where}: it has an effect and no undo; give it one, or make it the pivot or a forward step`]
      : []),
    ...(step.kind !== 'compensatable' && takesBack ? [`${where}: a ${step.kind} step is never taken back; remove its undo`] : []),
  ]
}

function operationProblems(where: string, { policy, address }: AnyBoundOperation): string[] {
  if (hasKey(policy)) return []
  return [`${where}: ${address} cannot be sent, since repeating it is not safe; give it idempotency: 'key' in its contract`]
}

function policyProblems(where: string, { timeoutMs, attempts }: Required<StepPolicy>): string[] {
  return [
    ...(timeoutMs >= 1 && timeoutMs <= 86_400_000 ? [] : [`${where}: timeoutMs ${timeoutMs}; use 1 to 86,400,000 (a day)`]),
    ...(Number.isSafeInteger(attempts) && attempts >= 1 ? [] : [`${where}: attempts ${attempts}; use 1 or more`]),
  ]
}

function sequenceProblems({ steps }: SagaDefinition): string[] {
  if (steps.length === 0) return ['it has no steps']
  const rank = { compensatable: 0, pivot: 1, forward: 2 } as const
  const misplaced = steps.filter((step, index) => steps.slice(0, index).some((earlier) => rank[earlier.kind] > rank[step.kind]))
  return [
    ...steps
      .filter((step) => step.kind === 'pivot')
      .slice(1)
      .map((step) => `pivot ${step.name}: there is a pivot already, and only one point of no return`),
    ...misplaced.map((step) => `${step.kind} step ${step.name}: the order is steps that can be undone, then the pivot, then forward steps`),
  ]
}

function emitProblems({ emits }: SagaDefinition): string[] {
  if (emits.every((event) => 'type' in event)) return []
  return ['emits: list the events of the contract itself (orders.events.orderConfirmed), which know their names']
}

function abortProblems({ steps, abortableBy }: SagaDefinition): string[] {
  if (abortableBy === undefined || steps[0]?.kind === 'compensatable') return []
  return [`abortableBy ${abortableBy.address}: the first step cannot be undone, so there is no time to abort`]
}
