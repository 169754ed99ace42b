import type { AnyContract } from './define-contract.ts'

/** A stream as it should be. `onFull: 'refuse'` (commands) refuses new messages rather than dropping old ones. */
export interface StreamSpec {
  readonly name: string
  readonly subjects: readonly string[]
  readonly onFull: 'refuse' | 'drop-oldest'
  /** `until-done`: a message leaves once its one consumer is done with it, so a stream that refuses fills only with work not done yet. `limits` (default) keeps it. */
  readonly retention?: 'limits' | 'until-done'
  /** 0: for ever. */
  readonly maxAgeMs: number
  readonly maxBytes: number
  readonly maxMessages: number
  readonly maxMessageBytes: number
}

/** The three streams a contract owns. */
export interface ContractStreams {
  readonly events: StreamSpec
  readonly commands: StreamSpec
  readonly replies: StreamSpec
}

const mebibyte = 1024 * 1024
// A dead letter holds the message it is about as a JSON string, at worst twice as long, and must fit the broker's own
// limit of one mebibyte.
const largestMessage = mebibyte / 4
const weekMs = 7 * 24 * 3_600_000
const longestDedupeMs = 120_000

/**
 * Gives the streams of a contract. No two streams overlap: they differ in the number of tokens of their subjects.
 * The broker sets `maxBytes` aside for each stream when it is made, out of three quarters of the free disk, so the sizes
 * are modest: half a gibibyte a service with its dead letters. The outbox, not the stream, is the store of record.
 */
export function streamsOf(contract: Pick<AnyContract, 'name'>): ContractStreams {
  const { name } = contract
  return {
    events: {
      name: `EVENTS_${name}`,
      subjects: [`${name}.*.*`],
      onFull: 'drop-oldest',
      retention: 'limits',
      maxAgeMs: weekMs,
      maxBytes: 256 * mebibyte,
      maxMessages: 1_000_000,
      maxMessageBytes: largestMessage,
    },
    commands: waitingList(`COMMANDS_${name}`, { subjects: [`${name}.*.command.*`], maxBytes: 128 * mebibyte }),
    replies: waitingList(`REPLIES_${name}`, { subjects: [`replies.${name}`, `replies.${name}.replay.*`], maxBytes: 64 * mebibyte }),
  }
}

/** Describes a stream whose messages leave it only once they are done: none is dropped to make room, and none grows too old. */
export function waitingList(name: string, limits: Pick<StreamSpec, 'subjects' | 'maxBytes'>): StreamSpec {
  return {
    name,
    onFull: 'refuse',
    retention: 'until-done',
    maxAgeMs: 0,
    maxMessages: 1_000_000,
    maxMessageBytes: largestMessage,
    ...limits,
  }
}

/** Gives how long, in milliseconds, the broker drops a repeated transport id on a stream; never longer than the stream keeps a message. */
export function dedupeWindowMs({ maxAgeMs }: Pick<StreamSpec, 'maxAgeMs'>): number {
  return maxAgeMs > 0 ? Math.min(longestDedupeMs, maxAgeMs) : longestDedupeMs
}
