import { z } from '@ashlar/contract'
import { PermanentError, type Envelope } from '@ashlar/messaging'
import type { Outcome, SagaInput } from '../core/saga.ts'
import type { SagaDefinition } from '../definition.ts'
import { readStepKey, slugOf } from '../step-key.ts'

// JSON leaves out what is undefined: a refusal that declares no data comes without that field
const replyShape = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), code: z.string().min(1), data: z.unknown().optional() }),
])
const sagaId = z.uuid()

/** Gives the id of the saga a reply is for. Throws `PermanentError` when there is none in it. */
export function sagaIdOf(envelope: Envelope): string {
  const id = sagaId.safeParse(envelope.subject)
  if (!id.success) throw new PermanentError(`reply ${envelope.id} names no saga`)
  return id.data
}

/**
 * Reads a reply as the contract of the step it answers promises it. Throws `PermanentError` when it says something else:
 * such a reply says nothing about the step, which stays unanswered.
 */
export function readReply(envelope: Envelope, definition: SagaDefinition): Extract<SagaInput, { kind: 'replied' }> {
  const reply = replyShape.safeParse(envelope.data)
  if (!reply.success || envelope.stepkey === undefined) throw new PermanentError(`reply ${envelope.id} is no answer to a step`)
  return { kind: 'replied', stepKey: envelope.stepkey, outcome: promised(reply.data, { envelope, definition }) }
}

function promised(outcome: Outcome, { envelope, definition }: { envelope: Envelope; definition: SagaDefinition }): Outcome {
  const key = readStepKey(envelope.stepkey ?? '')
  const step = definition.steps.find(({ name }) => slugOf(name) === key?.slug)
  const operation = key?.direction === 'undo' ? step?.undo?.operation : step?.operation
  if (operation === undefined) return outcome
  if (!outcome.ok) {
    if (outcome.code in operation.errors) return outcome
    throw new PermanentError(`reply ${envelope.id}: ${operation.address} declares no error ${outcome.code}`)
  }
  const output = operation.output.safeParse(outcome.value)
  if (output.success) return { ok: true, value: output.data }
  throw new PermanentError(`reply ${envelope.id} is not what ${operation.address} promises`, { cause: output.error })
}
