import { hasKey, parseAnswer, parseInput, RequestRefusedError, type AnyAnswer, type AnyBoundOperation } from '@ashlar/contract'
import { claim, claimInTransaction, recordAnswer, releaseClaim, type Claimed, type ClaimRequest } from '@ashlar/persistence'
import type { Implementation, IncomingCall, Invoke } from '@ashlar/rpc'
import type { Principal } from '@ashlar/security'
import type { Hosted } from './hosted.ts'
import { fingerprintOf } from './fingerprint.ts'
import { requestContext, runLocal, runStaged, type Around, type Asked, type Kept } from './run-handler.ts'

const hourMs = 3_600_000

/** Makes a service answer calls: each operation of its contract, validated both ways, once per idempotency key. */
export function answerRequests(hosted: Hosted): Implementation {
  const { contract, operations } = hosted.definition
  const invoke = new Map<string, Invoke>()
  for (const [name, handler] of Object.entries(operations)) invoke.set(name, invokeOf({ hosted, handler }))
  return { contract, invoke }
}

function invokeOf(kept: Kept): Invoke {
  const { operation } = kept.handler
  if (operation.kind === 'query') return (raw, call) => answerQuery(kept, ask(operation, raw, call))
  if (!hasKey(operation.policy)) return (raw, call) => run(kept, ask(operation, raw, call), justOnce)
  return (raw, call) => answerOncePerKey(kept, raw, call)
}

const justOnce: Around = { before: () => Promise.resolve(undefined), after: () => Promise.resolve() }

function ask(operation: AnyBoundOperation, raw: unknown, call: IncomingCall): Asked {
  return { operation, input: parseInput(operation, raw), principal: call.principal, stepKey: '', signal: call.signal }
}

function run({ hosted, handler }: Kept, asked: Asked, around: Around): Promise<AnyAnswer> {
  return handler.shape === 'local' ? runLocal({ hosted, handler }, asked, around) : runStaged({ hosted, handler }, asked, around)
}

/** A query opens no transaction and announces nothing. */
async function answerQuery({ hosted, handler }: Kept, asked: Asked): Promise<AnyAnswer> {
  if (handler.shape === 'staged') return runStaged({ hosted, handler }, asked, justOnce)
  const emit = () => {
    throw new TypeError(`${asked.operation.address} is a query: it announces nothing`)
  }
  // the types give a query's handler no more than `Queryable`, which the database is
  const tx = hosted.database as never
  const result: unknown = await handler.make(hosted.definition.needs)(asked.input, { ...requestContext(hosted, asked), tx, emit })
  return parseAnswer(asked.operation, result)
}

async function answerOncePerKey(kept: Kept, raw: unknown, call: IncomingCall): Promise<AnyAnswer> {
  const { hosted, handler } = kept
  const { operation } = handler
  const key = checkedKey(operation, call.idempotencyKey)
  const scope = `${nameOf(call.principal)} ${operation.address}`
  const asked: Asked = { ...ask(operation, raw, call), stepKey: `${scope} ${key}` }
  const request: ClaimRequest = { scope, key, fingerprint: fingerprintOf(asked.input), leaseMs: 30_000, ttlMs: 24 * hourMs }

  if (handler.shape === 'local') {
    return run(kept, asked, {
      before: async (tx) => earlierAnswer(await claimInTransaction(tx, request)),
      after: (tx, answer) => recordAnswer(tx, request, answer),
    })
  }
  const claimed = await claim(hosted.database, request)
  const earlier = earlierAnswer(claimed)
  if (earlier !== undefined) return earlier
  const held: ClaimRequest = claimed.kind === 'new' && claimed.claim !== undefined ? { ...request, claim: claimed.claim } : request
  try {
    return await run(kept, asked, { ...justOnce, after: (tx, answer) => recordAnswer(tx, held, answer) })
  } catch (cause) {
    // whatever happened outside is found again by its key when the caller repeats
    await releaseClaim(hosted.database, held).catch((error: unknown) =>
      hosted.logger.warn({ err: error }, 'the claim stays until its lease ends'),
    )
    throw cause
  }
}

function checkedKey(operation: AnyBoundOperation, key: string | undefined): string {
  if (key === undefined || key === '') {
    throw new RequestRefusedError(
      { status: 'BAD_REQUEST', reason: 'idempotency_key_required' },
      `${operation.address} needs an Idempotency-Key header`,
    )
  }
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new RequestRefusedError(
      { status: 'BAD_REQUEST', reason: 'idempotency_key_invalid' },
      'an idempotency key is 1 to 255 visible ASCII characters',
    )
  }
  return key
}

function earlierAnswer(claimed: Claimed): AnyAnswer | undefined {
  switch (claimed.kind) {
    case 'new':
      return undefined
    case 'answered':
      return claimed.answer
    case 'in-flight':
      throw new RequestRefusedError(
        { status: 'CONFLICT', reason: 'request_in_flight' },
        'the first request with this idempotency key is still being answered',
      )
    case 'mismatch':
      throw new RequestRefusedError(
        { status: 'UNPROCESSABLE_CONTENT', reason: 'idempotency_key_reused' },
        'this idempotency key was used for a different request',
      )
  }
}

function nameOf(principal: Principal): string {
  switch (principal.kind) {
    case 'anonymous':
      return 'anonymous'
    case 'customer':
      return `customer:${principal.id}`
    case 'service':
      return `service:${principal.name}`
  }
}
