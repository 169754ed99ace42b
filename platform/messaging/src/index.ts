export type {
  Bus,
  BusHealth,
  ConsumerSpec,
  Delivery,
  Disposition,
  OutgoingMessage,
  PublishReceipt,
  StreamSpec,
  StreamState,
  Subscription,
} from './bus.ts'
export type { Envelope, ReplyData } from './envelope.ts'
export { headersOf } from './envelope-headers.ts'
export {
  BrokerDriftError,
  BrokerUnavailableError,
  EnvelopeInvalidError,
  MessageTooLargeError,
  PermanentError,
  StreamFullError,
  SubjectNotBoundError,
} from './errors.ts'
export { newId } from './new-id.ts'
export { readEnvelope } from './read-envelope.ts'
export { deadLetterStream, streamsOf, type ContractStreams } from './streams.ts'
export { commandSubject, deadLetterSubject, durableName, eventSubject, replaySubject, replySubject } from './subjects.ts'
export { commandEnvelope, eventEnvelope, replyEnvelope, type CommandToSend, type EventToSend, type ReplyToSend } from './write-envelope.ts'
