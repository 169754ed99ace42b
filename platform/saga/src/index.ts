export type { Command, Ending, EndingContext, EndingHandler, SagaDefinition, Step, StepKind, StepOptions, StepPolicy } from './definition.ts'
