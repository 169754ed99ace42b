import { inspect } from 'node:util'
import { importJWK, SignJWT, type JWK } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { createIdentity, type Identity } from './identity.ts'
import { createKeySet } from './key-set.ts'
import type { Principal } from './principal.ts'
import { refusalOf } from '../test/refusal-of.ts'
import { generateSigningKey, importSigningKey } from './signing-key.ts'

const ada: Principal = { kind: 'customer', id: 'ada', sessionId: 's1', roles: ['reader'] }
const start = Date.parse('2026-11-21T12:00:00Z')

describe('identity', () => {
  let clock = start
  let keys: Record<'gateway' | 'orders' | 'payments' | 'stranger', { privateJwk: JWK; publicJwk: JWK }>
  let gateway: Identity
  let orders: Identity
  let payments: Identity

  const identityOf = async (name: 'gateway' | 'orders' | 'payments' | 'stranger'): Promise<Identity> => {
    const known = [keys.gateway, keys.orders, keys.payments].map((pair) => pair.publicJwk)
    const publicKeys = createKeySet({ load: async () => known, refetchGapMs: 1_000, maxAgeMs: 60_000 })
    return createIdentity({ name, signingKey: await importSigningKey(keys[name].privateJwk), publicKeys, now: () => clock })
  }

  beforeAll(async () => {
    keys = {
      gateway: await generateSigningKey('gateway'),
      orders: await generateSigningKey('orders'),
      payments: await generateSigningKey('payments'),
      stranger: await generateSigningKey('stranger'),
    }
    gateway = await identityOf('gateway')
    orders = await identityOf('orders')
    payments = await identityOf('payments')
  })

  it('names the service that calls', async () => {
    const token = await orders.tokenFor('payments')
    expect(await payments.verify(token, { audience: 'payments' })).toEqual({ kind: 'service', name: 'orders' })
  })

  it('believes the gateway about a customer and about nobody in particular', async () => {
    const forAda = await gateway.tokenFor('orders', ada)
    const forAnyone = await gateway.tokenFor('orders', { kind: 'anonymous' })
    expect(await orders.verify(forAda, { audience: 'orders' })).toEqual(ada)
    expect(await orders.verify(forAnyone, { audience: 'orders' })).toEqual({ kind: 'anonymous' })
  })

  it('does not believe another service about a customer', async () => {
    const token = await payments.tokenFor('orders', ada)
    expect(await refusalOf(orders.verify(token, { audience: 'orders' }))).toBe('payments may not speak for this principal')
  })

  it('does not believe a service that says it is another', async () => {
    const token = await payments.tokenFor('orders', { kind: 'service', name: 'gateway' })
    expect(await refusalOf(orders.verify(token, { audience: 'orders' }))).toBe('payments may not speak for this principal')
  })

  it('does not believe a signer who writes another name as the issuer', async () => {
    const key = await importJWK(keys.payments.privateJwk, 'EdDSA')
    const now = Math.floor(clock / 1_000)
    const forged = await new SignJWT({
      kind: 'customer',
      sub: 'ada',
      sid: 's1',
      roles: [],
      iss: 'gateway',
      aud: 'orders',
      iat: now,
      exp: now + 60,
    })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'ashlar-internal+jwt', kid: keys.payments.publicJwk.kid! })
      .sign(key)
    expect(await refusalOf(orders.verify(forged, { audience: 'orders' }))).toBe('the token is not valid')
  })

  it('does not believe a key that nobody published, even under a published id', async () => {
    const stranger = await identityOf('stranger')
    expect(await refusalOf(orders.verify(await stranger.tokenFor('orders'), { audience: 'orders' }))).toBe('the token is not valid')

    const { kid } = keys.gateway.publicJwk
    const disguised = createIdentity({
      name: 'gateway',
      signingKey: await importSigningKey({ ...keys.stranger.privateJwk, kid: kid! }),
      publicKeys: createKeySet({ load: async () => [], refetchGapMs: 1_000, maxAgeMs: 1_000 }),
      now: () => clock,
    })
    expect(await refusalOf(orders.verify(await disguised.tokenFor('orders', ada), { audience: 'orders' }))).toBe('the token is not valid')
  })

  it('turns away a token meant for another service, each time', async () => {
    const token = await orders.tokenFor('payments')
    await payments.verify(token, { audience: 'payments' })
    expect(await refusalOf(payments.verify(token, { audience: 'orders' }))).toBe('the token is not valid')
  })

  it('turns away an expired token, also one it had accepted before', async () => {
    const token = await orders.tokenFor('payments')
    await payments.verify(token, { audience: 'payments' })
    clock += 66_000
    expect(await refusalOf(payments.verify(token, { audience: 'payments' }))).toBe('the token has expired')
  })

  it('turns away a token it remembers once its key is withdrawn', async () => {
    let published = [keys.orders.publicJwk, keys.payments.publicJwk]
    let elapsed = 0
    const publicKeys = createKeySet({ load: async () => published, refetchGapMs: 1_000, maxAgeMs: 60_000, now: () => elapsed })
    const shipping = createIdentity({
      name: 'payments',
      signingKey: await importSigningKey(keys.payments.privateJwk),
      publicKeys,
      now: () => clock,
    })
    const token = await orders.tokenFor('shipping')
    await shipping.verify(token, { audience: 'shipping' })

    published = [keys.payments.publicJwk]
    elapsed = 1_000
    await publicKeys.find('unknown')
    expect(await refusalOf(shipping.verify(token, { audience: 'shipping' }))).toBe('the token is not valid')
  })

  it('turns away a token that would live for longer than a minute', async () => {
    const now = Math.floor(clock / 1_000)
    const longLived = await new SignJWT({ kind: 'service', sub: 'orders', iss: 'orders', aud: 'payments', iat: now, exp: now + 86_400 })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'ashlar-internal+jwt', kid: keys.orders.publicJwk.kid! })
      .sign(await importJWK(keys.orders.privateJwk, 'EdDSA'))
    expect(await refusalOf(payments.verify(longLived, { audience: 'payments' }))).toBe('the token lives too long')
  })

  it('turns away what is no token at all, and says nothing of what it was', async () => {
    for (const nonsense of ['', 'x', 'a.b.c', 'ey.ey.ey'])
      expect(await refusalOf(orders.verify(nonsense, { audience: 'orders' }))).toBe('the token is not valid')
  })

  it('keeps the claims of a refused token out of the error', async () => {
    const token = await gateway.tokenFor('payments', { ...ada, id: 'ada-personal-id' })
    const refusal = await orders.verify(token, { audience: 'orders' }).catch((error: unknown) => error)
    const cause = (refusal as Error).cause as Error
    expect(cause.message).toContain('aud')
    expect(inspect(refusal, { depth: 9, showHidden: true })).not.toContain('ada-personal-id')
  })

  it('hands out one token again until 20 seconds before its end', async () => {
    const first = await orders.tokenFor('payments')
    clock += 39_000
    expect(await orders.tokenFor('payments')).toBe(first)
    clock += 2_000
    expect(await orders.tokenFor('payments')).not.toBe(first)
    expect(await orders.tokenFor('inventory')).not.toBe(await orders.tokenFor('payments'))
  })

  it('is not made with a key of somebody else', async () => {
    const signingKey = await importSigningKey(keys.orders.privateJwk)
    const publicKeys = createKeySet({ load: async () => [], refetchGapMs: 1_000, maxAgeMs: 1_000 })
    expect(() => createIdentity({ name: 'payments', signingKey, publicKeys })).toThrow('does not belong to payments')
  })

  describe.each(['command', 'reply'] as const)('a %s', (kind) => {
    const message = { kind, audience: 'payments', messageId: 'm1', text: '{"amountMinor":100}' }

    it('is believed after a week in the stream', async () => {
      const signature = await orders.signMessage(message)
      clock += 7 * 86_400_000
      expect(await payments.verifyMessage(signature, message)).toEqual({ kind: 'service', name: 'orders' })
    })

    it('is refused when its text, id or receiver is another', async () => {
      const signature = await orders.signMessage(message)
      const verify = (change: object) => payments.verifyMessage(signature, { ...message, ...change })
      expect(await refusalOf(verify({ text: '{"amountMinor":1}' }))).toBe(`the ${kind} was changed after it was signed`)
      expect(await refusalOf(verify({ messageId: 'm2' }))).toBe('the signature belongs to another message')
      expect(await refusalOf(verify({ audience: 'shipping' }))).toBe('the token is not valid')
    })

    it('is no message of another kind', async () => {
      const other = { ...message, kind: kind === 'command' ? 'reply' : 'command' } as const
      expect(await refusalOf(payments.verifyMessage(await orders.signMessage(other), message))).toBe('the token is not valid')
    })

    it('is no token, nor a token one', async () => {
      expect(await refusalOf(payments.verify(await orders.signMessage(message), { audience: 'payments' }))).toBe('the token is not valid')
      expect(await refusalOf(payments.verifyMessage(await orders.tokenFor('payments'), message))).toBe('the token is not valid')
    })

    it('is refused from a signer nobody published', async () => {
      const stranger = await identityOf('stranger')
      expect(await refusalOf(payments.verifyMessage(await stranger.signMessage(message), message))).toBe('the token is not valid')
    })

    it('is believed under a new key once it is published, and no more under one that was withdrawn', async () => {
      const renewed = await generateSigningKey('orders')
      let published = [keys.orders.publicJwk]
      let elapsed = 0
      const publicKeys = createKeySet({ load: async () => published, refetchGapMs: 1_000, maxAgeMs: 60_000, now: () => elapsed })
      const reader = createIdentity({ name: 'payments', signingKey: await importSigningKey(keys.payments.privateJwk), publicKeys })
      const writer = createIdentity({ name: 'orders', signingKey: await importSigningKey(renewed.privateJwk), publicKeys })
      const [old, fresh] = [await orders.signMessage(message), await writer.signMessage(message)]
      const sender = async (signature: string) => (await reader.verifyMessage(signature, message)).name

      expect(await sender(old)).toBe('orders')
      expect(await refusalOf(sender(fresh))).toBe('the token is not valid')
      published = [keys.orders.publicJwk, renewed.publicJwk]
      elapsed = 1_000
      expect([await sender(old), await sender(fresh)]).toEqual(['orders', 'orders'])
      published = [renewed.publicJwk]
      elapsed = 2_000
      await publicKeys.find('unknown')
      expect(await refusalOf(sender(old))).toBe('the token is not valid')
      expect(await sender(fresh)).toBe('orders')
    })
  })
})
