import type { AnyAnswer } from '@ashlar/contract'
import type { Queryable, Transaction } from '../database.ts'
import type { ClaimRequest } from './claim.ts'

/** Somebody else has answered under this key, or taken the claim over after its lease ended: this transaction must not commit. */
export class ClaimLostError extends Error {
  override readonly name = 'ClaimLostError'
  constructor({ scope }: Pick<ClaimRequest, 'scope'>) {
    super(`the claim on an idempotency key of "${scope}" was lost to another holder`)
  }
}

/** Keeps the answer of a claimed request in the transaction that does the deed. Throws `ClaimLostError`, which rolls that back. */
export async function recordAnswer(tx: Transaction, request: ClaimRequest, answer: AnyAnswer): Promise<void> {
  const kept = answer.ok ? { ok: true, value: answer.value } : { ok: false, code: answer.code, data: answer.data }
  const recorded = await tx.query(
    `insert into platform.idempotency as kept (scope, key, fingerprint, answer, expires_at)
     values ($1, $2, $3, $4, clock_timestamp() + $5::float8 * interval '1 ms')
     on conflict (scope, key) do update set fingerprint = excluded.fingerprint, answer = excluded.answer, claim = null,
       claimed_until = null, expires_at = excluded.expires_at
       where kept.expires_at <= clock_timestamp()
         or (kept.answer is null and kept.fingerprint = excluded.fingerprint and ($6::uuid is null or kept.claim = $6::uuid))
     returning 1 as recorded`,
    [request.scope, request.key, request.fingerprint, JSON.stringify(kept), request.ttlMs, request.claim ?? null],
  )
  if (recorded.length === 0) throw new ClaimLostError(request)
}

/** Frees the key of a deed that failed, so that a repeat need not wait for the lease to end. An answer is never removed. */
export async function releaseClaim(queryable: Queryable, { scope, key, claim }: ClaimRequest): Promise<void> {
  await queryable.query(
    'delete from platform.idempotency where scope = $1 and key = $2 and answer is null and ($3::uuid is null or claim = $3::uuid)',
    [scope, key, claim ?? null],
  )
}
