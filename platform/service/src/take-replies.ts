import { replySubject, runConsumer, streamsOf, verifyEnvelope, type Bus, type RunningConsumer } from '@ashlar/messaging'
import { receiveOnce } from '@ashlar/persistence'
import type { SagaEngine } from '@ashlar/saga'
import type { Hosted } from './hosted.ts'
import { outlastingOutages } from './outlast-outages.ts'

/** Brings replies, once it is known who signed them, to the sagas that wait for them: inbox row and transition commit together. */
export function takeReplies(hosted: Hosted, bus: Bus, engine: SagaEngine): () => Promise<RunningConsumer> {
  const { contract } = hosted.definition
  const consumer = 'replies'
  return () =>
    runConsumer({
      bus,
      service: contract.name,
      name: consumer,
      stream: streamsOf(contract).replies,
      subjects: [replySubject(contract.name)],
      // no more than there are database connections: a transition is nothing but a transaction
      concurrency: 4,
      logger: hosted.logger,
      telemetry: hosted.telemetry,
      handle: outlastingOutages(hosted, async (envelope) => {
        const { name: signer } = await verifyEnvelope(envelope, { kind: 'reply', identity: hosted.identity })
        await hosted.database.transaction(async (tx) => {
          if (await receiveOnce(tx, { consumer, source: envelope.source, id: envelope.id }))
            await engine.applyReply(tx, { envelope, signer })
        })
        return { kind: 'done' }
      }),
    })
}
