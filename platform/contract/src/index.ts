export { z } from 'zod'
export { Answer, AnswerFailedError, failed, isFailed, type AnswerOf, type AnyAnswer, type Failed } from './answer.ts'
export { bareEvent, event, type AnyEvent, type BoundEvent, type Event, type EventData } from './event.ts'
export {
  announcedVersions,
  earlierData,
  earlierVersion,
  EventDataInvalidError,
  eventVersions,
  readEventData,
  typesReadAs,
  type VersionedData,
} from './event-versions.ts'
export {
  mutation,
  query,
  subscription,
  type AnyBoundOperation,
  type AnyOperation,
  type BoundOperation,
  type EmittedBy,
  type FailureOf,
  type InputOf,
  type Operation,
  type OperationKind,
  type RestRoute,
  type OutputOf,
  type SentOutputOf,
} from './operation.ts'
export { defineContract, type AnyContract, type Contract, type ContractOf } from './define-contract.ts'
export { deprecated, deprecationHeaders, successorOf, type Deprecation } from './deprecation.ts'
export { ContractRefusedError, type ContractProblem } from './contract-refused.ts'
export { platformReasons, type PlatformReason } from './platform-reasons.ts'
export { hasKey, isServiceOnly, type Access, type Policy } from './policy.ts'
export { RequestRefusedError, type Issue } from './request-refused.ts'
export { httpStatusOf, jsonRpcCodeOf, statusCodes, type StatusCode } from './status-code.ts'
export { OutputInvalidError, parseInput, parseOutput } from './validate.ts'
export type { AshlarErrorData, AshlarErrorShape, ContractRouter, GatewayRouter } from './contract-router.ts'
export { defOf, discriminatorOf, layersOf, unwrap, walkSchema, type SchemaKind, type SchemaNode } from './walk-schema.ts'
export { parseAnswer } from './parse-answer.ts'
export { kebabCase } from './kebab-case.ts'
export { tracked, type Tracked } from './tracked.ts'
export { dedupeWindowMs, streamsOf, waitingList, type StreamSpec } from './streams.ts'
export { commandConsumer, commandSubject, durableName, eventSubject, replySubject } from './subjects.ts'
