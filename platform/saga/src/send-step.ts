import { replySubject } from '@ashlar/messaging'
import { sendCommand, type Transaction } from '@ashlar/persistence'
import type { Identity } from '@ashlar/security'
import type { StepCommand } from './core/saga.ts'
import type { SagaDefinition } from './definition.ts'

/** Who sends a saga's commands. */
export interface Sender {
  readonly service: string
  readonly identity: Identity
}

/** Writes a step's command to the outbox of the transaction that decided it, to be answered to the service. */
export async function sendStep(
  tx: Transaction,
  command: StepCommand,
  { sagaId, definition, sender }: { sagaId: string; definition: SagaDefinition; sender: Sender },
): Promise<void> {
  const step = definition.steps[command.step]
  const operation = command.direction === 'do' ? step?.operation : step?.undo?.operation
  if (operation === undefined) throw new RangeError(`${definition.name} has no ${command.direction} of step ${command.step}`)
  await sendCommand(tx, {
    identity: sender.identity,
    operation,
    input: command.input,
    stepKey: command.stepKey,
    subject: sagaId,
    replyTo: replySubject(sender.service),
  })
}
