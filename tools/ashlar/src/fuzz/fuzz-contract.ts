import { randomUUID } from 'node:crypto'
import { hasKey, type AnyBoundOperation, type AnyContract } from '@ashlar/contract'
import { callerFor, type Caller } from './callers.ts'
import { casesOf, type Case } from './cases.ts'
import { curlFor } from './curl.ts'
import type { Face, WireRequest } from './face.ts'
import type { Given } from './given.ts'
import { judge } from './judge.ts'
import { send } from './send.ts'

export interface Fuzzing {
  readonly contract: AnyContract
  readonly url: URL
  readonly face: Face
  readonly seed: string
  /** Valid inputs by chance for each operation, besides those at the edges. */
  readonly runs: number
  readonly as: string | undefined
  /** Values that mean something to the service, by the name of their field. */
  readonly given: Given
  /** Where the shop keeps its keys; nobody is proved without. */
  readonly keys: string | undefined
  /** Hears of each operation that is through. */
  readonly onOperation: (tried: Tried) => void
}

/** One answer that broke what the contract promises. */
export interface Failure {
  readonly about: string
  readonly fault: string
  /** Repeats the request. */
  readonly curl: string
}

/** What came of one operation. */
export interface Tried {
  readonly operation: AnyBoundOperation
  readonly valid: number
  readonly wrong: number
  /** How often it ended how: `ok`, a declared error or a reason of the platform. */
  readonly outcomes: ReadonlyMap<string, number>
  readonly failures: readonly Failure[]
}

const atOnce = 8

/** Tries every operation of a contract with inputs made from it, and judges every answer. The same seed sends the same inputs. A subscription is passed over: it has no one answer to judge. */
export async function fuzzContract(fuzzing: Fuzzing): Promise<readonly Tried[]> {
  const all: Tried[] = []
  for (const operation of Object.values<AnyBoundOperation>(fuzzing.contract.operations)) {
    if (operation.kind === 'subscription') continue
    const tried = await tryOperation(fuzzing, operation)
    if (tried.valid + tried.wrong === 0) continue
    all.push(tried)
    fuzzing.onOperation(tried)
  }
  return all
}

async function tryOperation(fuzzing: Fuzzing, operation: AnyBoundOperation): Promise<Tried> {
  const { face, seed, runs, given, as, keys } = fuzzing
  const caller = callerFor(operation, { face, as, keys })
  const asked = casesOf(operation, { seed, runs, given }).flatMap((one) => {
    const request = face.requestOf(operation, one)
    return request === undefined ? [] : [{ one, request: withKey(operation, request) }]
  })
  const outcomes = new Map<string, number>()
  const failures: Failure[] = []
  const left = asked.values()
  const work = async (): Promise<void> => {
    for (const { one, request } of left) {
      const { outcome, faults } = await tryOne(fuzzing, { operation, one, request, caller })
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      failures.push(...faults.map((fault) => ({ about: one.about, fault, curl: repeated(fuzzing, { operation, request, caller }) })))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  const wrong = asked.filter(({ one }) => one.wrongAt !== undefined).length
  return { operation, valid: asked.length - wrong, wrong, outcomes, failures }
}

interface Trying {
  readonly operation: AnyBoundOperation
  readonly one: Case
  readonly request: WireRequest
  readonly caller: Caller
}

async function tryOne({ url, face }: Fuzzing, { operation, one, request, caller }: Trying): Promise<ReturnType<typeof judge>> {
  const authorization = await caller.authorization()
  try {
    const headers = { ...request.headers, ...(authorization === undefined ? {} : { authorization }) }
    return judge(face, { operation, one, answer: await send(url, { ...request, headers }) })
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause
    return {
      outcome: 'no answer',
      faults: [`there was no answer: ${[cause.message, (cause.cause as Error | undefined)?.message ?? []].flat().join(': ')}`],
    }
  }
}

function withKey(operation: AnyBoundOperation, request: WireRequest): WireRequest {
  if (!hasKey(operation.policy)) return request
  return { ...request, headers: { ...request.headers, 'idempotency-key': randomUUID() } }
}

function repeated({ url, face, keys }: Fuzzing, { operation, request, caller }: Omit<Trying, 'one'>): string {
  const isProved = keys !== undefined && (face.name === 'rpc' || caller.name !== undefined)
  const audience = face.name === 'rest' ? 'gateway' : operation.contract
  const as = caller.name === undefined ? '' : ` --as ${caller.name}`
  return curlFor({ url, request, token: isProved ? `${audience}${as} --keys ${keys}` : undefined })
}
