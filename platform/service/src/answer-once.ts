import { RequestRefusedError, type AnyAnswer, type AnyBoundOperation } from '@ashlar/contract'
import { annotate } from '@observability/telemetry'
import { claim, claimInTransaction, ClaimLostError, recordAnswer, type Claimed, type ClaimRequest } from '@ashlar/persistence'
import { freeKey } from './free-key.ts'
import type { Hosted } from './hosted.ts'
import type { Asked, Run } from './carry-out-operation.ts'

/** A key, and the operation it is claimed for. */
export interface Claiming {
  readonly hosted: Hosted
  readonly operation: AnyBoundOperation
  readonly request: ClaimRequest
}

/** Answers a request once per key in one transaction, which claims the key, does the deed and keeps the answer. */
export function answerOnce(run: Run, asked: Asked, claiming: Claiming): Promise<AnyAnswer> {
  const { request } = claiming
  return run(asked, {
    before: async (tx) => earlierAnswer(await claimInTransaction(tx, request), claiming),
    after: (tx, answer) => recordAnswer(tx, request, answer),
  })
}

/** Answers a request once per key over several transactions: the key is held while this process works on it, and freed when the deed fails. */
export async function answerOnceStaged(run: Run, asked: Asked, claiming: Claiming): Promise<AnyAnswer> {
  const { hosted, request } = claiming
  const claimed = await claim(hosted.database, request)
  const earlier = earlierAnswer(claimed, claiming)
  if (earlier !== undefined) return earlier
  const held: ClaimRequest = claimed.kind === 'new' && claimed.claim !== undefined ? { ...request, claim: claimed.claim } : request
  const letGo = hosted.claims.hold(held)
  try {
    return await run(asked, { before: () => Promise.resolve(undefined), after: (tx, answer) => recordAnswer(tx, held, answer) })
  } catch (cause) {
    // whatever happened outside is found again by its key when the caller repeats
    await freeKey(hosted, held)
    throw cause instanceof ClaimLostError ? inFlight(0, cause) : cause
  } finally {
    letGo()
  }
}

/** By the time it says, the claim of a process that died has ended; one that lives has mostly answered long before. */
function inFlight(heldForMs: number, cause?: ClaimLostError): RequestRefusedError {
  return new RequestRefusedError(
    { status: 'CONFLICT', reason: 'request_in_flight' },
    'the first request with this idempotency key is still being answered',
    { retryAfterSeconds: Math.max(1, Math.ceil(heldForMs / 1_000)), cause },
  )
}

function earlierAnswer(claimed: Claimed, { hosted, operation }: Claiming): AnyAnswer | undefined {
  switch (claimed.kind) {
    case 'new':
      return undefined
    case 'answered':
      hosted.telemetry.metrics.count('idempotent_replays_total', { rpc_method: operation.address })
      annotate({ 'request.replayed': true })
      return claimed.answer
    case 'in-flight':
      throw inFlight(claimed.heldForMs)
    case 'mismatch':
      throw new RequestRefusedError(
        { status: 'UNPROCESSABLE_CONTENT', reason: 'idempotency_key_reused' },
        'this idempotency key was used for a different request',
      )
  }
}
