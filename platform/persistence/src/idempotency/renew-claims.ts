import type { Queryable } from '../database.ts'
import type { ClaimRequest } from './claim.ts'

/**
 * Keeps claims up that are worked on: each holds for its `leaseMs` from now. One that was answered, released or taken over
 * stays as it is, and so does one that is being answered just now: nobody is waited for. One statement for any number.
 */
export async function renewClaims(queryable: Queryable, claims: readonly ClaimRequest[]): Promise<void> {
  if (claims.length === 0) return
  await queryable.query(
    `with mine as (
       select kept.scope, kept.key, held.lease_ms from platform.idempotency kept
       join unnest($1::text[], $2::text[], $3::uuid[], $4::float8[]) as held (scope, key, claim, lease_ms)
         on kept.scope = held.scope and kept.key = held.key and kept.claim = held.claim
       where kept.answer is null for update of kept skip locked
     )
     update platform.idempotency kept set claimed_until = clock_timestamp() + mine.lease_ms * interval '1 ms'
     from mine where kept.scope = mine.scope and kept.key = mine.key`,
    [
      claims.map(({ scope }) => scope),
      claims.map(({ key }) => key),
      claims.map(({ claim }) => claim ?? null),
      claims.map(({ leaseMs }) => leaseMs),
    ],
  )
}
