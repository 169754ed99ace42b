import { kebabCase, type AnyBoundOperation, type BoundEvent } from '@ashlar/contract'

/** Gives the subject an event is published on, the same as its CloudEvents type: `orders.order-placed.v1`. */
export function eventSubject(event: BoundEvent): string {
  return event.type
}

/** Gives the subject an operation is sent to as a durable command: `payments.charge.command.v1`. */
export function commandSubject(operation: AnyBoundOperation): string {
  const words = kebabCase(operation.name)
  return `${operation.contract}.${words}.command.v${operation.version}`
}

/** Gives the subject on which a contract's service is answered: `replies.orders`. */
export function replySubject(contractName: string): string {
  return `replies.${contractName}`
}

/** Gives the subject a consumer's dead letters lie under: `dlq.notifications.order-confirmed`. */
export function deadLetterSubject(service: string, consumer: string): string {
  return `dlq.${service}.${consumer}`
}

/**
 * Gives the broker's name of a service's consumer. The service is part of it because two services may each call a
 * consumer `order-placed`, and instances that share a name share the messages.
 */
export function durableName(service: string, consumer: string): string {
  return `${service}__${consumer}`
}

/**
 * Gives the subject on which a message reaches one consumer of a stream and no other; every consumer listens to its own.
 * Streams are named by kind and contract (`EVENTS_orders`); one of another form keeps its replays under its own name.
 */
export function replaySubject(stream: string, durable: string): string {
  const [, kind, contract] = /^(EVENTS|COMMANDS|REPLIES)_(.+)$/.exec(stream) ?? []
  if (kind === 'EVENTS') return `${contract}.replay.${durable}`
  if (kind === 'COMMANDS') return `${contract}.replay.command.${durable}`
  if (kind === 'REPLIES') return `replies.${contract}.replay.${durable}`
  return `${stream}.replay.${durable}`
}
