import type { SagaDefinition } from '../definition.ts'
import type { Saga } from './saga.ts'

/** Gives the position of the first step that is never taken back: the pivot, or the first forward step. */
export function pointOfNoReturn({ steps }: Pick<SagaDefinition, 'steps'>): number {
  const position = steps.findIndex((step) => step.kind !== 'compensatable')
  return position === -1 ? steps.length : position
}

/** `aborting`: it will end as compensated. */
export type AbortOutcome = 'aborting' | 'too_late' | 'ended'

/** Tells what an abort would come to now. It is too late as soon as the pivot's command is written. */
export function abortOutcome(saga: Saga): AbortOutcome {
  if (saga.status === 'completed' || saga.status === 'compensated') return 'ended'
  if (saga.turnedBecause !== undefined) return 'aborting'
  return saga.step < saga.noReturnAt ? 'aborting' : 'too_late'
}
