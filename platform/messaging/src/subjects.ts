/** Gives the subject a consumer's dead letters lie under: `dlq.notifications.order-confirmed`. */
export function deadLetterSubject(service: string, consumer: string): string {
  return `dlq.${service}.${consumer}`
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
