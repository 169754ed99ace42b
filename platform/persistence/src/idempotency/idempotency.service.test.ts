import { randomUUID } from 'node:crypto'
import { Answer } from '@ashlar/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testGround, until } from '../testing/test-ground.ts'
import { claim, claimInTransaction, type Claimed, type ClaimRequest } from './claim.ts'
import { recordAnswer, releaseClaim } from './record-answer.ts'
import { renewClaims } from './renew-claims.ts'

describe('a request with an idempotency key', () => {
  let ground: Awaited<ReturnType<typeof testGround>>
  let request: ClaimRequest
  beforeAll(async () => {
    ground = await testGround('idempotency')
  })
  beforeEach(() => {
    request = { scope: 'customer:ada orders.v1/placeOrder', key: randomUUID(), fingerprint: 'one tea', leaseMs: 60_000, ttlMs: 60_000 }
  })
  afterAll(() => ground[Symbol.asyncDispose]())

  const inOneTransaction = (asked: ClaimRequest) =>
    ground.database.transaction(async (tx) => {
      const claimed = await claimInTransaction(tx, asked)
      if (claimed.kind === 'new') await recordAnswer(tx, asked, Answer.ok({ z: 1, a: { deep: [1, 'two', null] } }))
      return claimed
    })
  const expire = () =>
    ground.database.query(`update platform.idempotency set expires_at = now() - interval '1 ms' where key = $1`, [request.key])
  const held = (claimed: Claimed): ClaimRequest => {
    if (claimed.kind !== 'new' || claimed.claim === undefined) throw new Error(`not held, but ${claimed.kind}`)
    return { ...request, claim: claimed.claim }
  }
  const endLease = () =>
    ground.database.query(`update platform.idempotency set claimed_until = now() - interval '1 ms' where key = $1`, [request.key])

  it('is new, and answered the same from then on, to the byte', async () => {
    expect(await inOneTransaction(request)).toEqual({ kind: 'new' })
    const repeat = await inOneTransaction(request)
    expect(JSON.stringify(repeat.kind === 'answered' && repeat.answer.orThrow())).toBe('{"z":1,"a":{"deep":[1,"two",null]}}')
  })

  it('repeats a declared error as well', async () => {
    await ground.database.transaction((tx) => recordAnswer(tx, request, Answer.failed('out_of_stock', { sku: 'TEA' })))
    expect(await inOneTransaction(request)).toMatchObject({
      kind: 'answered',
      answer: { ok: false, code: 'out_of_stock', data: { sku: 'TEA' } },
    })
  })

  it('repeats an answer that has no value', async () => {
    await ground.database.transaction((tx) => recordAnswer(tx, request, Answer.ok(undefined)))
    expect(await inOneTransaction(request)).toMatchObject({ kind: 'answered', answer: { ok: true, value: undefined } })
  })

  it('is refused with other contents under the same key, and free under another scope', async () => {
    await inOneTransaction(request)
    expect(await inOneTransaction({ ...request, fingerprint: 'two teas' })).toEqual({ kind: 'mismatch' })
    expect(await inOneTransaction({ ...request, scope: 'customer:bob orders.v1/placeOrder' })).toEqual({ kind: 'new' })
  })

  it('is told that the first one is in flight, without waiting for it', async () => {
    const claimed = Promise.withResolvers<void>()
    const finish = Promise.withResolvers<void>()
    const first = ground.database.transaction(async (tx) => {
      await claimInTransaction(tx, request)
      claimed.resolve()
      await finish.promise
      await recordAnswer(tx, request, Answer.ok('first'))
    })
    await claimed.promise
    expect(await inOneTransaction(request)).toEqual({ kind: 'in-flight', heldForMs: 0 })
    expect(await claim(ground.database, request)).toEqual({ kind: 'in-flight', heldForMs: 0 })
    finish.resolve()
    await first
    expect(await inOneTransaction(request)).toMatchObject({ kind: 'answered', answer: { value: 'first' } })
  })

  it('is new again when the first one rolled back, or when its answer has expired', async () => {
    await expect(
      ground.database.transaction(async (tx) => {
        await claimInTransaction(tx, request)
        await recordAnswer(tx, request, Answer.ok('lost'))
        throw new Error('failed')
      }),
    ).rejects.toThrow('failed')
    expect(await inOneTransaction(request)).toEqual({ kind: 'new' })
    await expire()
    expect(await inOneTransaction({ ...request, fingerprint: 'two teas' })).toEqual({ kind: 'new' })
    expect(await inOneTransaction({ ...request, fingerprint: 'two teas' })).toMatchObject({ kind: 'answered' })
  })

  it('is done by one of many that come at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => inOneTransaction(request)))
    expect(outcomes.filter(({ kind }) => kind === 'new')).toHaveLength(1)
  })

  it('is held by a lease over several transactions, and answered by its holder', async () => {
    const claimed = await claim(ground.database, request)
    expect(claimed).toMatchObject({ kind: 'new' })
    const repeat = await claim(ground.database, request)
    expect(repeat).toEqual({ kind: 'in-flight', heldForMs: expect.any(Number) as number })
    expect(repeat.kind === 'in-flight' && repeat.heldForMs).toBeGreaterThan(50_000)
    expect(repeat.kind === 'in-flight' && repeat.heldForMs).toBeLessThanOrEqual(60_000)
    expect(await claim(ground.database, { ...request, fingerprint: 'two teas' })).toEqual({ kind: 'mismatch' })
    await ground.database.transaction((tx) => recordAnswer(tx, held(claimed), Answer.ok('done')))
    expect(await claim(ground.database, request)).toMatchObject({ kind: 'answered', answer: { value: 'done' } })
  })

  it('is taken over from a holder that died, who then can neither answer nor release it', async () => {
    const dead = await claim(ground.database, request)
    await endLease()
    const heir = await claim(ground.database, request)
    await releaseClaim(ground.database, held(dead))
    await expect(ground.database.transaction((tx) => recordAnswer(tx, held(dead), Answer.ok('late')))).rejects.toMatchObject({
      name: 'ClaimLostError',
    })
    await ground.database.transaction((tx) => recordAnswer(tx, held(heir), Answer.ok('heir')))
    expect(await claim(ground.database, request)).toMatchObject({ kind: 'answered', answer: { value: 'heir' } })
  })

  it('keeps the answer that a slow holder commits while somebody takes over', async () => {
    const slow = await claim(ground.database, request)
    await endLease()
    const recorded = Promise.withResolvers<void>()
    const finish = Promise.withResolvers<void>()
    const committing = ground.database.transaction(async (tx) => {
      await recordAnswer(tx, held(slow), Answer.ok('slow'))
      recorded.resolve()
      await finish.promise
    })
    await recorded.promise
    const taking = claim(ground.database, request)
    await until(
      () => ground.database.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`),
      (waiting) => waiting.length === 1,
    )
    finish.resolve()
    await committing
    expect(await taking).toMatchObject({ kind: 'answered', answer: { value: 'slow' } })
  })

  it('is held for as long as its holder renews the claim, and by nobody who has lost it', async () => {
    const [lost, other] = [await claim(ground.database, request), { ...request, key: randomUUID() }]
    await endLease()
    await renewClaims(ground.database, [held(lost)])
    expect(await claim(ground.database, request)).toMatchObject({ kind: 'in-flight' })
    await endLease()
    const heir = await claim(ground.database, request)
    await endLease()
    await renewClaims(ground.database, [held(lost)])
    await renewClaims(ground.database, [])
    const heirOfHeir = await claim(ground.database, request)
    expect(heirOfHeir).toMatchObject({ kind: 'new' })
    await claim(ground.database, other)
    await ground.database.transaction((tx) => recordAnswer(tx, other, Answer.ok('done')))
    await renewClaims(ground.database, [held(heir), held(heirOfHeir), other])
    expect(await claim(ground.database, other)).toMatchObject({ kind: 'answered' })
  })

  it('lets a renewal pass by what is just being answered', async () => {
    const claimed = await claim(ground.database, request)
    await ground.database.transaction(async (tx) => {
      await recordAnswer(tx, held(claimed), Answer.ok('done'))
      await renewClaims(ground.database, [held(claimed)])
    })
    expect(await claim(ground.database, request)).toMatchObject({ kind: 'answered' })
  })

  it('is answered by the first of two holders, even when neither names its claim', async () => {
    await claim(ground.database, request)
    await endLease()
    await claim(ground.database, request)
    const outcomes = await Promise.allSettled(
      ['one', 'two'].map((value) => ground.database.transaction((tx) => recordAnswer(tx, request, Answer.ok(value)))),
    )
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it('is free at once when its holder releases it, unless it was answered', async () => {
    await claim(ground.database, request)
    await releaseClaim(ground.database, request)
    expect(await claim(ground.database, request)).toMatchObject({ kind: 'new' })
    await ground.database.transaction((tx) => recordAnswer(tx, request, Answer.ok('kept')))
    await releaseClaim(ground.database, request)
    expect(
      await until(
        () => claim(ground.database, request),
        () => true,
      ),
    ).toMatchObject({ kind: 'answered' })
  })
})
