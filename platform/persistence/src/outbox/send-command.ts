import { hasKey, parseInput, type AnyBoundOperation } from '@ashlar/contract'
import { commandEnvelope, headersOf, signEnvelope } from '@ashlar/messaging'
import type { Identity } from '@ashlar/security'
import type { Transaction } from '../database.ts'
import { enqueue } from './enqueue.ts'

export interface CommandOptions {
  /** Who sends: the command is signed with its key. */
  readonly identity: Pick<Identity, 'name' | 'signMessage'>
  readonly operation: AnyBoundOperation
  readonly input: unknown
  /** The sender's key for this deed; the receiver does it once per key. */
  readonly stepKey: string
  /** What the command is about: the saga's id. Commands of one subject are relayed in order. */
  readonly subject: string
  /** Subject the answer is wanted on; none unless said. */
  readonly replyTo?: string | undefined
  /** Not to be sent before then; a command that waits holds back no other. */
  readonly availableAt?: Date | undefined
  readonly causationId?: string | undefined
}

/**
 * Sends an operation as a durable command, if and only if the transaction commits, and gives its message id. The input is
 * checked against the contract (`RequestRefusedError`). Throws `TypeError` for an operation without an idempotency key.
 */
export async function sendCommand(tx: Transaction, options: CommandOptions): Promise<string> {
  const { identity, operation, availableAt, ...rest } = options
  if (!hasKey(operation.policy)) throw new TypeError(`${operation.address} cannot be sent: its contract promises no idempotency key`)
  const input = parseInput(operation, options.input)
  const unsigned = commandEnvelope({ ...rest, service: identity.name, operation, input })
  const envelope = await signEnvelope(unsigned, { kind: 'command', audience: operation.contract, identity })
  const message = { id: envelope.id, subject: envelope.type, headers: headersOf(envelope), payload: JSON.stringify(envelope) }
  return await enqueue(tx, { ...message, orderingKey: `command/${options.subject}` }, { availableAt })
}
