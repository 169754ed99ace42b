import assert from 'node:assert/strict'
import {
  bareEvent,
  parseAnswer,
  parseInput,
  type AnyAnswer,
  type AnyBoundOperation,
  type AnyEvent,
  type FailureOf,
  type InputOf,
  type OutputOf,
  type z,
} from '@ashlar/contract'
import type { Transaction } from '@ashlar/persistence'
import type { Principal } from '@ashlar/security'
import { Settled, type OperationHandler } from '@ashlar/service'
import { silentLogger } from './silent-logger.ts'

type CodeOf<Op extends AnyBoundOperation> = FailureOf<Op> extends { readonly failedCode: infer Code } ? Code : never

/** Who asks in a scenario, and under which key. */
export interface Asking {
  readonly customer?: string
  readonly service?: string
  readonly stepKey?: string
}

/** What came of a deed. Every `then…` waits for it, asserts, and gives the scenario back for the next. */
export class Scenario<Op extends AnyBoundOperation> {
  readonly #told: Promise<Told>
  constructor(told: Promise<Told>) {
    this.#told = told
  }

  /** The answer is good and holds at least these fields. */
  async thenAnswers(expected: Partial<OutputOf<Op>>): Promise<this> {
    const { answer } = await this.#told
    assert.ok(answer.ok, `expected an output, got ${answer.ok ? '' : answer.code}`)
    assert.partialDeepStrictEqual(answer.value, expected)
    return this
  }

  /** The answer is good and is this, no field more. */
  async thenAnswersExactly(expected: OutputOf<Op>): Promise<this> {
    const { answer } = await this.#told
    assert.ok(answer.ok, `expected an output, got ${answer.ok ? '' : answer.code}`)
    assert.deepStrictEqual(answer.value, expected)
    return this
  }

  /** The answer is this declared error, with at least this data. */
  async thenRefuses(code: CodeOf<Op>, data?: object): Promise<this> {
    const { answer } = await this.#told
    assert.deepEqual(answer.ok ? { answered: answer.value } : { refused: answer.code }, { refused: code })
    if (data !== undefined && !answer.ok) assert.partialDeepStrictEqual(answer.data, data)
    return this
  }

  /** Among the events announced is this one, with at least these fields. */
  async thenEmits<E extends AnyEvent>(event: E, data: Partial<z.input<E['data']>>): Promise<this> {
    const { emitted } = await this.#told
    const found = emitted.filter((one) => bareEvent(one.event) === bareEvent(event)).map((one) => one.data)
    assert.ok(found.length > 0, 'the event was not announced')
    if (!found.some((one) => holds(one, data))) assert.partialDeepStrictEqual(found[0], data)
    return this
  }

  /** Nothing was announced. */
  async thenEmitsNothing(): Promise<this> {
    assert.deepEqual((await this.#told).emitted, [])
    return this
  }
}

function holds(actual: unknown, expected: object): boolean {
  try {
    assert.partialDeepStrictEqual(actual, expected)
    return true
  } catch {
    return false
  }
}

interface Told {
  readonly answer: AnyAnswer
  readonly emitted: readonly { event: AnyEvent; data: unknown }[]
}

/**
 * Begins a scenario on in-memory adapters: `await given({ stock }).when(reserveStock, input).thenRefuses('out_of_stock')`.
 * Input and result are checked against the contract as the runtime does; no database takes part, so nothing rolls back.
 */
export function given<Needs>(needs: Needs): {
  when: <Op extends AnyBoundOperation>(handler: OperationHandler<Op, Needs>, input: InputOf<Op>, asking?: Asking) => Scenario<Op>
} {
  return { when: (handler, input, asking = {}) => new Scenario(tell(needs, handler as OperationHandler, { input, asking })) }
}

async function tell(needs: unknown, handler: OperationHandler, { input, asking }: { input: unknown; asking: Asking }): Promise<Told> {
  const emitted: { event: AnyEvent; data: unknown }[] = []
  const { stepKey = 'scenario/step/do/1' } = asking
  const principal = principalOf(asking)
  const request = {
    principal,
    customer: (principal.kind === 'customer' ? principal : undefined) as undefined,
    stepKey,
    logger: silentLogger(),
  }
  const context = {
    ...request,
    tx: noDatabase,
    emit(event: AnyEvent, data: unknown) {
      const isListed = handler.operation.emits.some((one) => bareEvent(one) === bareEvent(event))
      assert.ok(isListed, `${handler.operation.address} may not emit this event: list it under emits in its contract`)
      emitted.push({ event, data: event.data.parse(data) })
    },
  }
  const checked = parseInput(handler.operation, input)
  const answer = (result: unknown): Told => ({ answer: parseAnswer(handler.operation, result), emitted })

  if (handler.shape === 'local') return answer(await handler.make(needs)(checked, context))
  const parts = handler.make(needs)
  const opened: unknown = parts.open === undefined ? checked : await parts.open(checked, context)
  if (opened instanceof Settled) return answer(opened.answer)
  const outcome: unknown = await parts.effect(opened, { ...request, key: stepKey, signal: AbortSignal.timeout(30_000) })
  return answer(await parts.complete(opened, outcome, context))
}

function principalOf({ customer, service }: Asking): Principal {
  if (customer !== undefined) return { kind: 'customer', id: customer, sessionId: 'scenario', roles: [] }
  return service === undefined ? { kind: 'anonymous' } : { kind: 'service', name: service }
}

/** Passed where a transaction is asked for: in-memory adapters do not use it, and SQL fails loudly. */
export const noDatabase: Transaction = {
  query: (text) => Promise.reject(new TypeError(`no database takes part in a scenario, yet this was run: ${text}`)),
  afterCommit: (callback) => callback(),
}
