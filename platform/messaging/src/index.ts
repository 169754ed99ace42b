// where a contract's messages travel follows from the contract; who sends or takes them asks here
export { commandSubject, durableName, eventSubject, replySubject, streamsOf, type StreamSpec } from '@ashlar/contract'
export type {
  Bus,
  BusHealth,
  ConsumerSpec,
  Delivery,
  Disposition,
  OutgoingMessage,
  PublishReceipt,
  StreamState,
  Subscription,
} from './bus.ts'
export type { Envelope } from './envelope.ts'
export { headersOf } from './envelope-headers.ts'
export {
  BrokerDriftError,
  BrokerForbiddenError,
  BrokerUnavailableError,
  EnvelopeInvalidError,
  MessageTooLargeError,
  PermanentError,
  SignatureRefusedError,
  StreamFullError,
  SubjectNotBoundError,
} from './errors.ts'
export { newId } from './new-id.ts'
export { readEnvelope } from './read-envelope.ts'
export { readAnswer, type CarriedAnswer } from './carried-answer.ts'
export { signEnvelope, verifyEnvelope, type Judging, type Signing } from './signed-envelope.ts'
export { deadLetterStream } from './streams.ts'
export { deadLetterSubject, replaySubject } from './subjects.ts'
export {
  commandEnvelope,
  earlierEnvelope,
  eventEnvelope,
  replyEnvelope,
  type CommandToSend,
  type EventToSend,
  type ReplyToSend,
} from './write-envelope.ts'
export type { DeadLetter } from './dead-letter.ts'
export {
  DeadLetterNotFoundError,
  DeadLetterUnreadableError,
  type DeadLetters,
  type LyingMessage,
  type Sweep,
  type UnreadableLetter,
} from './dead-letters.ts'
export type { Handled } from './handle-once.ts'
export { inMemoryBus, type InMemoryBus } from './in-memory/in-memory-bus.ts'
export { connectNats, type NatsOptions } from './nats/connect-nats.ts'
export { natsPermissions, natsOperator, type NatsPermissions, type NatsUser } from './nats/nats-permissions.ts'
export { openDeadLetters } from './nats/open-dead-letters.ts'
export type { RetryCurve } from './retry-delay.ts'
export { runConsumer, type ConsumerOptions, type RunningConsumer } from './run-consumer.ts'
