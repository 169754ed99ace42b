import { randomUUID } from 'node:crypto'
import { Answer, type AnyAnswer } from '@ashlar/contract'
import type { Database, Transaction } from '../database.ts'

/** A request that carries an idempotency key. */
export interface ClaimRequest {
  /** Whose key it is and for what: customer and operation. */
  readonly scope: string
  readonly key: string
  /** Tells one request from another that reuses its key by mistake. */
  readonly fingerprint: string
  /** How long a claim made outside a transaction holds after its holder last kept it up (`renewClaims`). */
  readonly leaseMs: number
  /** How long an answer is kept, from the moment it is recorded. */
  readonly ttlMs: number
  /** Names the claim of `claim()`; `recordAnswer` and `releaseClaim` then touch no other. */
  readonly claim?: string
}

/** `new`: go on, and record the answer. Otherwise the earlier answer, or why there is none. */
export type Claimed =
  | { readonly kind: 'new'; readonly claim?: string }
  | { readonly kind: 'answered'; readonly answer: AnyAnswer }
  /** `heldForMs`: how long the claim holds if its holder has died; 0 where only the end of its transaction tells. */
  | { readonly kind: 'in-flight'; readonly heldForMs: number }
  | { readonly kind: 'mismatch' }

interface Row {
  readonly fingerprint: string
  readonly answer:
    | { readonly ok: true; readonly value?: unknown }
    | { readonly ok: false; readonly code: string; readonly data?: unknown }
    | null
  readonly held_for_ms: number
}

/**
 * Claims a key for the length of a transaction: commit it together with `recordAnswer`, and the deed is done once. A
 * repeat that comes meanwhile is told `in-flight` at once instead of waiting. A rollback frees the key.
 */
export async function claimInTransaction(tx: Transaction, request: ClaimRequest): Promise<Claimed> {
  const { scope, key, fingerprint } = request
  const [lock] = await tx.query<{ taken: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 1)) as taken', [
    `${scope}\n${key}`,
  ])
  if (lock?.taken !== true) return { kind: 'in-flight', heldForMs: 0 }
  // A statement of its own: only a snapshot taken under the lock is sure to see what the last holder committed.
  const [row] = await tx.query<Row>(
    `select fingerprint, answer,
       coalesce(greatest(extract(epoch from claimed_until - clock_timestamp()) * 1000, 0), 0)::float8 as held_for_ms
     from platform.idempotency where scope = $1 and key = $2 and expires_at > clock_timestamp()`,
    [scope, key],
  )
  if (row === undefined) return { kind: 'new' }
  if (row.fingerprint !== fingerprint) return { kind: 'mismatch' }
  if (row.answer !== null)
    return { kind: 'answered', answer: row.answer.ok ? Answer.ok(row.answer.value) : Answer.failed(row.answer.code, row.answer.data) }
  return row.held_for_ms > 0 ? { kind: 'in-flight', heldForMs: row.held_for_ms } : { kind: 'new' }
}

/**
 * Claims a key for a deed that spans transactions. The claim holds for `leaseMs`, and as long again each time it is renewed;
 * then a repeat takes it over. Who lost a claim records no answer, so it commits nothing; an answer is never taken over.
 */
export async function claim(database: Database, request: ClaimRequest): Promise<Claimed> {
  return await database.transaction(async (tx): Promise<Claimed> => {
    const found = await claimInTransaction(tx, request)
    if (found.kind !== 'new') return found
    const id = randomUUID()
    const taken = await tx.query(
      `insert into platform.idempotency as kept (scope, key, fingerprint, claim, claimed_until, expires_at)
       values ($1, $2, $3, $4, clock_timestamp() + $5::float8 * interval '1 ms', clock_timestamp() + ($5::float8 + $6::float8) * interval '1 ms')
       on conflict (scope, key) do update set fingerprint = excluded.fingerprint, claim = excluded.claim,
         claimed_until = excluded.claimed_until, answer = null, created_at = now(), expires_at = excluded.expires_at
         where kept.expires_at <= clock_timestamp() or (kept.answer is null and kept.claimed_until <= clock_timestamp())
       returning 1 as taken`,
      [request.scope, request.key, request.fingerprint, id, request.leaseMs, request.ttlMs],
    )
    if (taken.length > 0) return { kind: 'new', claim: id }
    // Its holder was alive after all, and came between the look and the taking: what it did stands.
    const settled = await claimInTransaction(tx, request)
    return settled.kind === 'new' ? { kind: 'in-flight', heldForMs: 0 } : settled
  })
}
