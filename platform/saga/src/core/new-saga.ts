import type { SagaDefinition } from '../definition.ts'
import { pointOfNoReturn } from './point-of-no-return.ts'
import type { Saga } from './saga.ts'

/** Makes a saga that waits for its first input, `started`. */
export function newSaga(definition: SagaDefinition, { id, state }: { id: string; state: unknown }): Saga {
  return {
    id,
    state,
    status: 'running',
    step: 0,
    noReturnAt: pointOfNoReturn(definition),
    direction: 'do',
    generation: 1,
    attempt: 0,
    roundFrom: 1,
    turnedBecause: undefined,
    abortReason: undefined,
    stuck: undefined,
  }
}
