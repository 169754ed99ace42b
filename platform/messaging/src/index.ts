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
