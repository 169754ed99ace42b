import { z, type AnyBoundOperation } from '@ashlar/contract'
import { PermanentError, readAnswer, SignatureRefusedError, type Envelope, type CarriedAnswer } from '@ashlar/messaging'
import type { SagaInput } from '../core/saga.ts'
import type { SagaDefinition } from '../definition.ts'
import { readStepKey, slugOf } from '../step-key.ts'

/** A reply whose signature holds: it is as `signer`, a service, has written it to this one. */
export interface VerifiedReply {
  readonly envelope: Envelope
  readonly signer: string
}

const sagaId = z.uuid()

/** Gives the id of the saga a reply is for. Throws `PermanentError` when there is none in it. */
export function sagaIdOf({ envelope }: VerifiedReply): string {
  const id = sagaId.safeParse(envelope.subject)
  if (!id.success) throw new PermanentError(`reply ${envelope.id} names no saga`)
  return id.data
}

/**
 * Reads a reply as the contract of the step it answers promises it. Throws `SignatureRefusedError` when another service
 * signed it than the one that keeps that contract, `PermanentError` when it says something else than is promised: such a
 * reply says nothing about the step, which stays unanswered.
 */
export function readReply({ envelope, signer }: VerifiedReply, definition: SagaDefinition): Extract<SagaInput, { kind: 'replied' }> {
  const { id, stepkey: stepKey = '' } = envelope
  const operation = answeredBy(envelope, definition)
  if (operation === undefined) throw new PermanentError(`reply ${id} answers no step of its saga`)
  if (signer !== operation.contract)
    throw new SignatureRefusedError(`reply ${id} is signed by ${signer}, which does not keep ${operation.address}`)
  return { kind: 'replied', stepKey, outcome: promised(readAnswer(envelope), { id, operation }) }
}

function answeredBy({ subject, stepkey = '' }: Envelope, { steps }: SagaDefinition): AnyBoundOperation | undefined {
  const key = readStepKey(stepkey)
  const step = key?.sagaId === subject ? steps.find(({ name }) => slugOf(name) === key.slug) : undefined
  return key?.direction === 'undo' ? step?.undo?.operation : step?.operation
}

function promised(reply: CarriedAnswer, { id, operation }: { id: string; operation: AnyBoundOperation }): CarriedAnswer {
  if (!reply.ok) {
    if (Object.hasOwn(operation.errors, reply.code)) return reply
    throw new PermanentError(`reply ${id}: ${operation.address} declares no error ${reply.code}`)
  }
  const output = operation.output.safeParse(reply.value)
  if (output.success) return { ok: true, value: output.data }
  throw new PermanentError(`reply ${id} is not what ${operation.address} promises`, { cause: output.error })
}
