import { Answer, commandConsumer, hasKey, parseInput, RequestRefusedError } from '@ashlar/contract'
import {
  commandSubject,
  PermanentError,
  replySubject,
  runConsumer,
  streamsOf,
  verifyEnvelope,
  type Bus,
  type Envelope,
  type RunningConsumer,
} from '@ashlar/messaging'
import { receiveOnce, sendReply, wasReceived } from '@ashlar/persistence'
import { requireAccess, type Service } from '@ashlar/security'
import type { OperationHandler } from './handlers.ts'
import type { Hosted } from './hosted.ts'
import { outlastingOutages } from './outlast-outages.ts'
import type { Asked, Kept } from './carry-out-operation.ts'
import { scopeOf, stepKeyOf } from './step-key.ts'

// a staged handler waits for the outside most of the time and holds no connection meanwhile
const concurrencyOf = { local: 4, staged: 16 } as const

/** Makes a service carry out durable commands: one consumer for each operation that can be sent, each message once, its reply in the same transaction. */
export function obeyCommands(hosted: Hosted, bus: Bus, operations: ReadonlyMap<string, Kept>): (() => Promise<RunningConsumer>)[] {
  const { contract } = hosted.definition
  return [...operations.values()]
    .filter(({ handler }) => hasKey(handler.operation.policy))
    .map((kept) => () => {
      const { operation, shape } = kept.handler
      return runConsumer({
        bus,
        service: contract.name,
        name: commandConsumer(operation),
        stream: streamsOf(contract).commands,
        subjects: [commandSubject(operation)],
        concurrency: concurrencyOf[shape],
        logger: hosted.logger,
        telemetry: hosted.telemetry,
        handle: outlastingOutages(hosted, async (envelope) => {
          await obey(hosted, kept, envelope)
          return { kind: 'done' }
        }),
      })
    })
}

async function obey(hosted: Hosted, { handler, run }: Kept, envelope: Envelope): Promise<void> {
  const asked = await check(hosted, handler, envelope)
  const message = { consumer: commandConsumer(handler.operation), source: envelope.source, id: envelope.id }
  // what was done before need not ask the outside again
  if (handler.shape === 'staged' && (await wasReceived(hosted.database, message))) return
  await run(asked, {
    before: async (tx) => ((await receiveOnce(tx, message)) ? undefined : alreadyDone),
    after: async (tx, answer) => {
      await sendReply(tx, { identity: hosted.identity, command: envelope, answer })
    },
  })
}

const alreadyDone = Answer.ok(undefined)

/** Knows who sends, and whether they may. A message that fails here can never succeed: it is set aside at once. */
async function check(hosted: Hosted, { operation }: OperationHandler, envelope: Envelope): Promise<Asked> {
  try {
    const principal = await senderOf(hosted, envelope)
    if (envelope.type !== commandSubject(operation)) throw new PermanentError(`${operation.address} is sent a ${envelope.type}`)
    requireAccess(operation.policy.access, principal)
    const stepKey = stepKeyOf(scopeOf(principal, operation), envelope.stepkey ?? envelope.id)
    return { input: parseInput(operation, envelope.data), principal, stepKey, causationId: envelope.id }
  } catch (cause) {
    if (cause instanceof RequestRefusedError)
      throw new PermanentError(`${operation.address} refuses the command: ${cause.reason}`, { cause })
    throw cause
  }
}

async function senderOf({ identity }: Hosted, envelope: Envelope): Promise<Service> {
  const sender = await verifyEnvelope(envelope, { kind: 'command', identity })
  if (envelope.replyto !== undefined && envelope.replyto !== replySubject(sender.name))
    throw new PermanentError(`a command of ${sender.name} wants its answer on ${envelope.replyto}, which is not its own`)
  return sender
}
