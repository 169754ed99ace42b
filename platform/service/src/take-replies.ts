import { replySubject, runConsumer, streamsOf, type Bus, type Subscription } from '@ashlar/messaging'
import { receiveOnce } from '@ashlar/persistence'
import type { SagaEngine } from '@ashlar/saga'
import type { Hosted } from './hosted.ts'

/** Brings replies to the sagas that wait for them: inbox row and transition commit together. */
export function takeReplies(hosted: Hosted, bus: Bus, engine: SagaEngine): Promise<Subscription> {
  const service = hosted.definition.contract.name
  const consumer = 'replies'
  return runConsumer({
    bus,
    service,
    name: consumer,
    stream: streamsOf(hosted.definition.contract).replies,
    subjects: [replySubject(service)],
    concurrency: 8,
    logger: hosted.logger,
    handle: async (envelope) => {
      await hosted.database.transaction(async (tx) => {
        if (await receiveOnce(tx, { consumer, source: envelope.source, id: envelope.id })) await engine.applyReply(tx, envelope)
      })
      return { kind: 'done' }
    },
  })
}
