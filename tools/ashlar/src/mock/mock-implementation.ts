import {
  failed,
  hasKey,
  parseAnswer,
  parseInput,
  RequestRefusedError,
  tracked,
  type AnyAnswer,
  type AnyBoundOperation,
  type AnyContract,
  type Tracked,
} from '@ashlar/contract'
import { canonicalJson, valuesBySeed } from '@ashlar/contract-artifacts'
import type { Implementation, Invoke } from '@ashlar/rpc'

/** What a mock answers with: values made from a seed, or always one declared error. */
export interface Answering {
  readonly seed: string
  readonly error: string | undefined
}

/** Keeps a contract with made-up answers: the same seed and input, the same answer. Inputs are checked as a service would, callers are not: everybody is let in. */
export function mockImplementation(contract: AnyContract, answering: Answering): Implementation {
  const operations = Object.fromEntries(
    Object.entries<AnyBoundOperation>(contract.operations).map(([name, operation]) => [
      name,
      { ...operation, policy: { ...operation.policy, access: 'open' as const } },
    ]),
  )
  const invoke = new Map(Object.entries(operations).map(([name, operation]) => [name, invokeOf(operation, answering)]))
  return { contract: { ...contract, operations }, invoke }
}

function invokeOf(operation: AnyBoundOperation, { seed, error }: Answering): Invoke {
  const outputs = valuesBySeed(operation.output, 'output')
  return async (raw, { idempotencyKey, lastEventId }) => {
    if (error !== undefined) refuseUndeclared(operation, error)
    if (hasKey(operation.policy) && idempotencyKey === undefined)
      throw new RequestRefusedError(
        { status: 'BAD_REQUEST', reason: 'idempotency_key_required' },
        `${operation.address} needs an Idempotency-Key header`,
      )
    const own = `${seed} ${operation.address} ${canonicalJson(parseInput(operation, raw))}`
    if (error !== undefined) return failedAnswer(operation, error, own)
    const made = (seed: string): unknown => outputs(seed).any()
    return parseAnswer(operation, operation.kind === 'subscription' ? someItems(made, { own, lastEventId }) : made(own))
  }
}

const itemsOfStream = 3

/** The items of a subscription: three and the end, for who resumes those after the last that was seen. */
async function* someItems(
  made: (seed: string) => unknown,
  { own, lastEventId = '0' }: { own: string; lastEventId: string | undefined },
): AsyncGenerator<Tracked> {
  for (let at = Number.parseInt(lastEventId, 10) + 1 || 1; at <= itemsOfStream; at += 1) yield tracked(at, made(`${own} ${at}`))
}

function failedAnswer(operation: AnyBoundOperation, code: string, seed: string): AnyAnswer {
  const data = operation.errors[code]?.data
  return parseAnswer(operation, failed(code, data === undefined ? undefined : valuesBySeed(data, 'output')(seed).any()))
}

function refuseUndeclared({ address, errors }: AnyBoundOperation, code: string): void {
  if (Object.hasOwn(errors, code)) return
  const declared = Object.keys(errors).join(', ')
  throw new RequestRefusedError(
    { status: 'BAD_REQUEST', reason: 'bad_request' },
    `${address} does not declare the error asked for by x-mock-error; it declares ${declared === '' ? 'none' : declared}`,
  )
}
