import { PermanentError } from '@ashlar/messaging'
import type { Database, DatabaseHealth, Transaction } from '@ashlar/persistence'
import type { Identity } from '@ashlar/security'
import type { Logger, Telemetry } from '@observability/telemetry'
import type { SagaDefinition } from '../definition.ts'
import { measureSagas } from '../telemetry/measure-sagas.ts'
import { lockSaga } from '../store/saga-row.ts'
import { definitionOf, knownDefinitions } from './known-definitions.ts'
import { readReply, sagaIdOf, type VerifiedReply } from './read-reply.ts'
import { runTimers, type Timers } from './run-timers.ts'
import { transition } from './transition.ts'

export interface SagaEngineOptions {
  readonly database: Database
  /** Every definition that living sagas may have: the newest, and older versions until their sagas have ended. */
  readonly definitions: readonly SagaDefinition[]
  /** What ending handlers are given. */
  readonly needs: unknown
  /** The contract's name: sagas are answered on its reply subject and announce its events. */
  readonly service: string
  readonly identity: Identity
  readonly logger: Logger
  readonly telemetry: Telemetry
}

/** Moves the sagas of one service. */
export interface SagaEngine {
  /** Resolves once every living saga was found to have its definition; rejects with `SagaVersionUnknownError`, and then no timer runs. */
  readonly started: Promise<void>
  /**
   * Carries a saga on by a participant's answer, in the transaction that marks the message as received. Throws
   * `PermanentError` for a reply that fits no saga or no contract, `SignatureRefusedError` for one signed by another service
   * than the step's, `SagaVersionUnknownError` for a saga of a definition that is not here.
   */
  applyReply(tx: Transaction, reply: VerifiedReply): Promise<void>
  /** Healthy while timers run: their last round is less than ten seconds ago. */
  health(): Promise<DatabaseHealth>
  /** Ends the timers; a transition in hand is finished. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Starts an engine. Throws `SagaRefusedError` for definitions that contradict each other. Several may run on one database. */
export function startSagaEngine({ database, definitions, needs, service, identity, logger, telemetry }: SagaEngineOptions): SagaEngine {
  const known = knownDefinitions(definitions, service)
  const conduct = { needs, service, identity, logger, telemetry }
  const timers = runTimers({ database, known, conduct })
  const measured = measureSagas(telemetry.metrics, database, [...new Set(definitions.map(({ name }) => name))])
  const close = async (): Promise<void> => {
    measured.close()
    await timers.close()
  }
  return {
    started: timers.started,
    async applyReply(tx, reply) {
      const stored = await lockSaga(tx, sagaIdOf(reply))
      if (stored === undefined) throw new PermanentError(`reply ${reply.envelope.id} is for a saga that ${service} does not have`)
      const definition = definitionOf(stored, known)
      await transition(tx, { stored, definition, input: readReply(reply, definition) }, conduct)
    },
    health: () => Promise.resolve(healthOf(timers)),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function healthOf({ pulse }: Timers): DatabaseHealth {
  const { at, error } = pulse()
  const silentMs = Math.round(performance.now() - at)
  if (error === undefined && silentMs < 10_000) return { healthy: true, latencyMs: 0 }
  const why = error instanceof Error ? error.message : 'no round was completed'
  return { healthy: false, latencyMs: silentMs, detail: `saga timers stand still: ${why}` }
}
