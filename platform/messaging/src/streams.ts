import type { AnyContract } from '@ashlar/contract'
import type { StreamSpec } from './bus.ts'

const mebibyte = 1024 * 1024
// A dead letter holds the message it is about as a JSON string, at worst twice as long, and must fit the broker's own
// limit of one mebibyte.
const largestMessage = mebibyte / 4
const weekMs = 7 * 24 * 3_600_000

/** The three streams a contract owns. */
export interface ContractStreams {
  readonly events: StreamSpec
  readonly commands: StreamSpec
  readonly replies: StreamSpec
}

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

/** Gives the stream that keeps a service's dead letters until somebody retries them. */
export function deadLetterStream(serviceName: string): StreamSpec {
  const letters = waitingList(`DEAD_LETTERS_${serviceName}`, { subjects: [`dlq.${serviceName}.*`], maxBytes: 64 * mebibyte })
  return { ...letters, retention: 'limits', maxMessageBytes: mebibyte }
}

/** What is taken off the list once it is done must never be dropped to make room, nor grow too old. */
function waitingList(name: string, limits: Pick<StreamSpec, 'subjects' | 'maxBytes'>): StreamSpec {
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
