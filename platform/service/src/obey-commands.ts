import { hasKey, parseInput, RequestRefusedError, type AnyAnswer } from '@ashlar/contract'
import {
  commandSubject,
  commandText,
  PermanentError,
  runConsumer,
  streamsOf,
  type Bus,
  type Envelope,
  type Subscription,
} from '@ashlar/messaging'
import { receiveOnce, sendReply, wasReceived } from '@ashlar/persistence'
import { requireAccess } from '@ashlar/security'
import { consumerName } from './consumer-name.ts'
import type { OperationHandler } from './handlers.ts'
import type { Hosted } from './hosted.ts'
import { runLocal, runStaged, type Around, type Asked } from './run-handler.ts'

// a staged handler waits for the outside most of the time and holds no connection meanwhile
const concurrencyOf = { local: 4, staged: 16 } as const

/** Makes a service carry out durable commands: one consumer for each operation that can be sent, each message once, its reply in the same transaction. */
export function obeyCommands(hosted: Hosted, bus: Bus): Promise<Subscription>[] {
  const { contract, operations } = hosted.definition
  return Object.values(operations)
    .filter((handler) => hasKey(handler.operation.policy))
    .map((handler) =>
      runConsumer({
        bus,
        service: contract.name,
        name: consumerName(handler.operation.name),
        stream: streamsOf(contract).commands,
        subjects: [commandSubject(handler.operation)],
        concurrency: concurrencyOf[handler.shape],
        logger: hosted.logger,
        handle: async (envelope) => {
          await obey(hosted, handler, envelope)
          return { kind: 'done' }
        },
      }),
    )
}

async function obey(hosted: Hosted, handler: OperationHandler, envelope: Envelope): Promise<void> {
  const asked = await check(hosted, handler, envelope)
  const consumer = consumerName(handler.operation.name)
  const message = { consumer, source: envelope.source, id: envelope.id }
  const around: Around = {
    before: async (tx) => ((await receiveOnce(tx, message)) ? undefined : alreadyDone),
    after: async (tx, answer) => {
      await sendReply(tx, { service: hosted.definition.contract.name, command: envelope, answer })
    },
  }
  if (handler.shape === 'local') await runLocal({ hosted, handler }, asked, around)
  else if (!(await wasReceived(hosted.database, message))) await runStaged({ hosted, handler }, asked, around)
}

/** A message that fails here can never succeed: it is set aside at once. */
async function check(hosted: Hosted, handler: OperationHandler, envelope: Envelope): Promise<Asked> {
  const { operation } = handler
  try {
    const principal = await hosted.identity.verifyCommand(envelope.principal ?? '', {
      audience: hosted.definition.contract.name,
      messageId: envelope.id,
      data: commandText(envelope),
    })
    requireAccess(operation.policy.access, principal)
    return {
      operation,
      input: parseInput(operation, envelope.data),
      principal,
      stepKey: envelope.stepkey ?? envelope.id,
      signal: AbortSignal.timeout(60_000),
    }
  } catch (cause) {
    if (cause instanceof RequestRefusedError)
      throw new PermanentError(`${operation.address} refuses the command: ${cause.reason}`, { cause })
    throw cause
  }
}

const alreadyDone = { ok: true, value: undefined } as AnyAnswer
