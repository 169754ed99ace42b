import type { BoundEvent } from './event.ts'
import { kebabCase } from './kebab-case.ts'
import type { AnyBoundOperation } from './operation.ts'

/** Gives the subject an event is published on, the same as its CloudEvents type: `orders.order-placed.v1`. */
export function eventSubject(event: BoundEvent): string {
  return event.type
}

/** Gives the subject an operation is sent to as a durable command: `payments.charge.command.v1`. */
export function commandSubject(operation: AnyBoundOperation): string {
  const words = kebabCase(operation.name)
  return `${operation.contract}.${words}.command.v${operation.version}`
}

/** Gives the name, within its service, of what takes an operation's commands: another one for each major. */
export function commandConsumer({ name, version }: AnyBoundOperation): string {
  return version === 1 ? kebabCase(name) : `${kebabCase(name)}-v${version}`
}

/** Gives the subject on which a contract's service is answered: `replies.orders`. */
export function replySubject(contractName: string): string {
  return `replies.${contractName}`
}

/**
 * Gives the broker's name of a service's consumer. The service is part of it because two services may each call a
 * consumer `order-placed`, and instances that share a name share the messages.
 */
export function durableName(service: string, consumer: string): string {
  return `${service}__${consumer}`
}
