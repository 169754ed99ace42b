export { defineSaga, type Endings, type ForwardOptions, type ForwardSaga, type UndoableSaga } from './define-saga.ts'
export type {
  Command,
  Ending,
  EndingContext,
  EndingHandler,
  SagaDefinition,
  Step,
  StepKind,
  StepOptions,
  StepPolicy,
} from './definition.ts'
export type { SagaStatus } from './core/saga.ts'
export type { VerifiedReply } from './engine/read-reply.ts'
export { SagaEventRefusedError } from './engine/run-ending.ts'
export { startSagaEngine, type SagaEngine, type SagaEngineOptions } from './engine/start-saga-engine.ts'
export type { SagaHistory, StepHistory, StepStatus } from './history/saga-history.ts'
export { SagaAmbiguousError } from './operator/find-saga.ts'
export { listSagas, type SagaLine } from './operator/list-sagas.ts'
export { resumeSaga, type Resumed, type Resumption } from './operator/resume-saga.ts'
export { showSaga } from './operator/show-saga.ts'
export { SagaExistsError, SagaVersionUnknownError, type UnknownSagas } from './saga-errors.ts'
export { sagaMigrations } from './saga-migrations.ts'
export { SagaRefusedError } from './saga-refused.ts'
export { createSagas, type Sagas } from './sagas.ts'
