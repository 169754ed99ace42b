import { randomUUID } from 'node:crypto'
import { Answer } from '@ashlar/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testGround, until } from '../testing/test-ground.ts'
import { claim, claimInTransaction, type ClaimRequest } from './claim.ts'
import { recordAnswer, releaseClaim } from './record-answer.ts'

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
    expect(await inOneTransaction(request)).toEqual({ kind: 'in-flight' })
    expect(await claim(ground.database, request)).toEqual({ kind: 'in-flight' })
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
    expect(await claim(ground.database, request)).toEqual({ kind: 'in-flight' })
    expect(await claim(ground.database, { ...request, fingerprint: 'two teas' })).toEqual({ kind: 'mismatch' })
    const held = { ...request, ...(claimed.kind === 'new' && claimed.claim !== undefined ? { claim: claimed.claim } : {}) }
    await ground.database.transaction((tx) => recordAnswer(tx, held, Answer.ok('done')))
    expect(await claim(ground.database, request)).toMatchObject({ kind: 'answered', answer: { value: 'done' } })
  })

  it('is taken over from a holder that died, who then can neither answer nor release it', async () => {
    const dead = await claim(ground.database, request)
    await endLease()
    const heir = await claim(ground.database, request)
    if (dead.kind !== 'new' || heir.kind !== 'new' || dead.claim === undefined || heir.claim === undefined)
      throw new Error('both should hold it')
    const { claim: deadClaim } = dead
    await releaseClaim(ground.database, { ...request, claim: deadClaim })
    await expect(
      ground.database.transaction((tx) => recordAnswer(tx, { ...request, claim: deadClaim }, Answer.ok('late'))),
    ).rejects.toMatchObject({
      name: 'ClaimLostError',
    })
    await ground.database.transaction((tx) => recordAnswer(tx, { ...request, claim: heir.claim ?? '' }, Answer.ok('heir')))
    expect(await claim(ground.database, request)).toMatchObject({ kind: 'answered', answer: { value: 'heir' } })
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
