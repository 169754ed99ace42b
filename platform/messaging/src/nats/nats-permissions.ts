import { durableName, replySubject, streamsOf } from '@ashlar/contract'
import { deadLetterStream } from '../streams.ts'
import { deadLetterSubject, replaySubject } from '../subjects.ts'

/** The user of supervisors, operators' tools and tests: it may do everything. */
export const natsOperator = 'operator'

/** A service as the broker knows it. */
export interface NatsUser {
  /** Its contract's name, which is the user's name too. */
  readonly service: string
  /** Contracts it uses: it may send their services commands and read their events. */
  readonly uses?: readonly string[]
  /** Services that use its contract: it may reply to them. */
  readonly usedBy?: readonly string[]
  /** Names of its reactions, `on-order-confirmed`: each reads through a consumer of its own. */
  readonly reactions?: readonly string[]
}

/** Subject patterns in the broker's terms; what is not allowed is forbidden, and `deny` goes before `allow`. */
export interface NatsPermissions {
  readonly publish: { readonly allow: readonly string[]; readonly deny: readonly string[] }
  readonly subscribe: { readonly allow: readonly string[] }
}

/**
 * Gives what a service's user may do: announce its own events, send commands to services whose contract it uses, reply
 * to those that use its own, write its own dead letters, make its own streams, and read through its own consumers. Nobody but the operator widens, empties or deletes
 * a stream, deletes a message, or replays one to a consumer. Throws `TypeError` for a name that would widen this.
 */
export function natsPermissions({ service, uses = [], usedBy = [], reactions = [] }: NatsUser): NatsPermissions {
  for (const name of [service, ...uses, ...usedBy]) refuseUnsafe(name)
  const { events, commands, replies } = streamsOf({ name: service })
  const ownConsumers = [
    // Nobody else reads these two, so that every consumer there is its own.
    ...[commands, replies].map((stream) => `${stream.name}.*`),
    ...uses.flatMap((contract) => {
      const heard = streamsOf({ name: contract }).events
      return reactions.map((reaction) => `${heard.name}.${durableName(service, reaction)}`)
    }),
  ]
  return {
    publish: {
      allow: [
        ...events.subjects,
        // Whoever writes to a service can fill its streams with what is not signed: no more may than have to.
        ...uses.flatMap((contract) => streamsOf({ name: contract }).commands.subjects),
        ...usedBy.map(replySubject),
        deadLetterSubject(service, '*'),
        '$JS.API.STREAM.NAMES',
        '$JS.API.STREAM.INFO.*',
        // Made, but never updated: a stream's configuration can have the broker republish its messages as anybody's.
        ...[events, commands, replies, deadLetterStream(service)].map((stream) => `$JS.API.STREAM.CREATE.${stream.name}`),
        ...ownConsumers.flatMap((consumer) => [
          `$JS.API.CONSUMER.DURABLE.CREATE.${consumer}`,
          `$JS.API.CONSUMER.INFO.${consumer}`,
          `$JS.API.CONSUMER.MSG.NEXT.${consumer}`,
          `$JS.ACK.${consumer}.>`,
        ]),
      ],
      deny: [replaySubject(events.name, '*'), replaySubject(streamsOf({ name: '*' }).commands.name, '*')],
    },
    // Answers to its own questions: `natsOptions` gives each user an inbox of its own.
    subscribe: { allow: [`${inboxOf(service)}.>`] },
  }
}

/** Gives the subject under which a user receives what it asked for. */
export function inboxOf(user: string): string {
  return `_INBOX.${user}`
}

// Names that begin subjects of everybody, and `*` and dots, which would make a pattern mean more than one service.
function refuseUnsafe(name: string): void {
  if (/^[a-z][a-z0-9-]*$/.test(name) && !['dlq', 'replies', natsOperator].includes(name)) return
  throw new TypeError(`${name} cannot be the name of a service: the broker could not tell its subjects from those of others`)
}
