import type { Envelope } from '@ashlar/messaging'
import { Settled, type Reaction } from '@ashlar/service'
import { noDatabase } from './scenario.ts'
import { silentLogger } from './silent-logger.ts'

/** Lets a reaction hear a message, on in-memory adapters: its parts in turn, as the runtime runs them; no database takes part. */
export async function hear<Needs>(reaction: Reaction<Needs>, needs: Needs, message: Envelope): Promise<void> {
  const { id: messageId, source, time: occurredAt, aggregateversion: aggregateVersion = 0, data } = message
  const context = { messageId, source, occurredAt, aggregateVersion, logger: silentLogger() }
  const inTransaction = { ...context, tx: noDatabase, emit: () => undefined }
  if (reaction.shape === 'local') return reaction.make(needs)(data, inTransaction)
  const parts = reaction.make(needs)
  const opened: unknown = parts.open === undefined ? data : await parts.open(data, inTransaction)
  if (opened instanceof Settled) return
  const outcome: unknown = await parts.effect(opened, { ...context, key: `${source} ${messageId}`, signal: AbortSignal.timeout(30_000) })
  await parts.complete(opened, outcome, inTransaction)
}
