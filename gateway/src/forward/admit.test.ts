import { afterEach, describe, expect, it } from 'vitest'
import { ask } from '../testing/ask.ts'
import { openGround, type Ground, type GroundOptions } from '../testing/ground.ts'

let ground: Ground | undefined
afterEach(async () => {
  await ground?.[Symbol.asyncDispose]()
  ground = undefined
})
async function opened(options?: GroundOptions): Promise<Ground> {
  return (ground = await openGround(options))
}
const limits = (classes: object): GroundOptions => ({ environment: { GATEWAY_RATE_LIMITS: JSON.stringify(classes) } })

describe('who may ask', () => {
  it('is asked for a token where the operation is not open', async () => {
    const { url, tokenFor } = await opened()
    const answers = [
      await ask(url, '/v1/cups/mine'),
      await ask(url, '/v1/cups/mine', { headers: { authorization: 'Basic YWRhOmFkYQ==' } }),
      await ask(url, '/v1/cups/mine', { headers: { authorization: 'Bearer a b' } }),
      await ask(url, '/v1/cups/mine', { token: 'eyJhbGciOiJub25lIn0.e30.' }),
      await ask(url, '/v1/cups/mine', { token: `${await tokenFor('ada')}x` }),
    ]
    for (const { status, headers, body } of answers) {
      expect(status).toBe(401)
      expect(headers['www-authenticate']).toBe('Bearer')
      expect(body.code).toBe('unauthenticated')
    }
    expect(answers[0]?.body.detail).toMatch(/^an access token is missing: sign in/)
    expect(ground?.services.cups.recorded).toEqual([])
  })

  it('is told to the service by a token of the gateway’s own', async () => {
    const { url, tokenFor, services } = await opened()
    const token = await tokenFor('ada')
    expect((await ask(url, '/v1/cups/mine', { token })).body).toEqual({ owner: 'ada' })
    const passedOn = services.cups.recorded[0]?.headers['authorization']
    expect(passedOn).toMatch(/^Bearer ey/)
    expect(passedOn).not.toBe(`Bearer ${token}`)
  })

  it('needs the role where the operation asks for one', async () => {
    const { url, tokenFor, services } = await opened()
    const add = async (roles: string[]) =>
      ask(url, '/v1/teas', { method: 'POST', token: await tokenFor('ada', roles), body: { teaId: 'mint' } })
    const refused = await add(['taster'])
    expect(refused.status).toBe(403)
    expect(refused.body.code).toBe('forbidden')
    expect(services.teas.recorded).toEqual([])
    expect((await add(['taster', 'keeper'])).status).toBe(201)
  })

  it('does not matter to an open operation, even with a token that is no good', async () => {
    const { url } = await opened()
    expect((await ask(url, '/v1/teas/assam', { token: 'stale' })).status).toBe(200)
  })
})

describe('while the users service is away', () => {
  it('a token cannot be checked, and open operations go on', async () => {
    const { url, tokenFor, services } = await opened()
    await services.users.stop()
    const { status, headers, body } = await ask(url, '/v1/cups/mine', { token: await tokenFor('ada') })
    expect(status).toBe(503)
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    expect(body.code).toBe('unavailable')
    expect((await ask(url, '/v1/cups')).status).toBe(200)
  })

  it('tokens are checked with the keys had before', async () => {
    const { url, tokenFor, services } = await opened()
    await ask(url, '/v1/cups/mine', { token: await tokenFor('ada') })
    await services.users.stop()
    expect((await ask(url, '/v1/cups/mine', { token: await tokenFor('grace') })).body).toEqual({ owner: 'grace' })
  })
})

describe('how often', () => {
  it('an address may use an open operation is limited, each operation apart', async () => {
    const { url } = await opened(limits({ reviews: { limit: 2, windowSeconds: 900 } }))
    const review = () => ask(url, '/v1/reviews', { method: 'POST', body: { words: 'fine' } })
    await review()
    await review()
    const { status, headers, body } = await review()
    expect(status).toBe(429)
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    expect(body.code).toBe('too_many_requests')
    expect((await ask(url, '/v1/teas/assam')).status).toBe(200)
    expect(ground?.services.teas.recorded.filter(({ url: path }) => path.endsWith('reviewTea'))).toHaveLength(2)
  })

  it('a customer may ask is limited by who they are', async () => {
    const { url, tokenFor } = await opened(limits({ 'customer-read': { limit: 1, windowSeconds: 900 } }))
    const mine = async (name: string) => (await ask(url, '/v1/cups/mine', { token: await tokenFor(name) })).status
    expect([await mine('ada'), await mine('ada'), await mine('grace')]).toEqual([200, 429, 200])
  })

  it('an address may send tokens that are no good is limited, and its good ones go on', async () => {
    const { url, tokenFor } = await opened(limits({ 'failed-token': { limit: 3, windowSeconds: 900 } }))
    const mine = (token: string) => ask(url, '/v1/cups/mine', { token })
    const statuses = []
    for (const token of ['stale', 'eyJhbGciOiJub25lIn0.e30.', `${await tokenFor('ada')}x`, 'stale'])
      statuses.push((await mine(token)).status)
    expect(statuses).toEqual([401, 401, 401, 429])
    const { headers, body } = await mine('stale')
    expect(body.code).toBe('too_many_requests')
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    expect((await mine(await tokenFor('ada'))).status).toBe(200)
    // who sends none is told what is missing
    expect((await ask(url, '/v1/cups/mine')).status).toBe(401)
  })

  it('a token of no use is counted once for all parts of a batch', async () => {
    const { url } = await opened(limits({ 'failed-token': { limit: 2, windowSeconds: 900 } }))
    const batch = () => ask(url, '/trpc/cups.findMyCup,cups.findMyCup,cups.findMyCup?batch=1', { token: 'stale' })
    expect([(await batch()).status, (await batch()).status, (await batch()).status]).toEqual([401, 401, 429])
  })

  it('counts callers behind a trusted proxy by what it saw', async () => {
    const { url } = await opened({
      environment: { GATEWAY_TRUSTED_HOPS: '1', GATEWAY_RATE_LIMITS: '{"open-read":{"limit":1,"windowSeconds":900}}' },
    })
    const cups = async (seen: string) => (await ask(url, '/v1/cups', { headers: { 'x-forwarded-for': seen } })).status
    expect([await cups('203.0.113.7'), await cups('forged, 203.0.113.7'), await cups('203.0.113.8')]).toEqual([200, 429, 200])
  })
})
