import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importJWK, SignJWT, UnsecuredJWT, type JWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccessTokenVerifier } from './access-token-verifier.ts'
import { createAccessTokens } from './access-tokens.ts'
import { KeysUnavailableError } from './keys-unavailable.ts'
import { refusalOf } from '../test/refusal-of.ts'
import { generateSigningKey } from './signing-key.ts'

const customer = { userId: 'ada', sessionId: 's1', roles: ['reader'] }
const about = { issuer: 'users', audience: 'shop' }

describe('access tokens', () => {
  let folder: string
  let keysFile: string
  let old: { privateJwk: JWK; publicJwk: JWK }
  let fresh: { privateJwk: JWK; publicJwk: JWK }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ashlar-access-'))
    keysFile = join(folder, 'access.json')
    old = await generateSigningKey('users')
    fresh = await generateSigningKey('users')
  })
  afterAll(() => rm(folder, { recursive: true }))

  const issuerWith = async (keys: JWK[], now = Date.now) => {
    await writeFile(keysFile, JSON.stringify({ keys }))
    return createAccessTokens({ keysFile, ...about, lifetimeSeconds: 900, now })
  }

  it('tell which customer asks', async () => {
    const issuer = await issuerWith([old.privateJwk])
    const verifier = createAccessTokenVerifier({ ...about, fetchKeys: async () => issuer.publicKeys() })
    const { token, expiresInSeconds } = await issuer.issue(customer)
    expect(await verifier.verify(token)).toEqual({ kind: 'customer', id: 'ada', sessionId: 's1', roles: ['reader'] })
    expect(expiresInSeconds).toBe(900)
  })

  it('publish the public half of every key and nothing else', async () => {
    const issuer = await issuerWith([old.privateJwk, fresh.privateJwk])
    expect(issuer.publicKeys()).toEqual([old.publicJwk, fresh.publicJwk])
  })

  it('stay good while their key makes room for the next', async () => {
    let clock = Date.now()
    let issuer = await issuerWith([old.privateJwk], () => clock)
    const verifier = createAccessTokenVerifier({ ...about, fetchKeys: async () => issuer.publicKeys(), now: () => clock })
    const before = await issuer.issue(customer)
    await verifier.verify(before.token)

    issuer = await issuerWith([fresh.privateJwk, old.privateJwk], () => clock)
    const after = await issuer.issue({ ...customer, userId: 'bob' })
    clock += 30_000
    expect(await verifier.verify(after.token)).toMatchObject({ id: 'bob' })
    expect(await verifier.verify(before.token)).toMatchObject({ id: 'ada' })
  })

  it('are no longer good once their key is withdrawn, also where they were remembered', async () => {
    let clock = Date.now()
    let issuer = await issuerWith([old.privateJwk], () => clock)
    const verifier = createAccessTokenVerifier({ ...about, fetchKeys: async () => issuer.publicKeys(), now: () => clock })
    const before = await issuer.issue(customer)
    await verifier.verify(before.token)

    issuer = await issuerWith([fresh.privateJwk], () => clock)
    clock += 30_000
    await verifier.verify((await issuer.issue(customer)).token)
    expect(await refusalOf(verifier.verify(before.token))).toBe('the token is not valid')
  })

  it('end, with 30 seconds forgiven, also where they were remembered', async () => {
    let clock = Date.now()
    const issuer = await issuerWith([old.privateJwk], () => clock)
    const verifier = createAccessTokenVerifier({ ...about, fetchKeys: async () => issuer.publicKeys(), now: () => clock })
    const { token } = await issuer.issue(customer)
    clock += 929_000
    expect(await verifier.verify(token)).toMatchObject({ id: 'ada' })
    clock += 2_000
    expect(await refusalOf(verifier.verify(token))).toBe('the token has expired')
  })

  it('say what is wrong: missing, not valid', async () => {
    const issuer = await issuerWith([old.privateJwk])
    const verifier = createAccessTokenVerifier({ ...about, fetchKeys: async () => issuer.publicKeys() })
    expect(await refusalOf(verifier.verify(undefined))).toBe('an access token is missing')
    expect(await refusalOf(verifier.verify(''))).toBe('an access token is missing')
    expect(await refusalOf(verifier.verify('nonsense'))).toBe('the token is not valid')
    const { token } = await issuer.issue(customer)
    const [header, , signature] = token.split('.')
    const promoted = Buffer.from(JSON.stringify({ sub: 'ada', roles: ['admin'] })).toString('base64url')
    expect(await refusalOf(verifier.verify(`${header}.${promoted}.${signature}`))).toBe('the token is not valid')
  })

  it('are not believed from another issuer, for another audience, of another type, or unsigned', async () => {
    const issuer = await issuerWith([old.privateJwk])
    const { token } = await issuer.issue(customer)
    const fetchKeys = async () => issuer.publicKeys()
    expect(await refusalOf(createAccessTokenVerifier({ ...about, issuer: 'others', fetchKeys }).verify(token))).toBe(
      'the token is not valid',
    )
    expect(await refusalOf(createAccessTokenVerifier({ ...about, audience: 'others', fetchKeys }).verify(token))).toBe(
      'the token is not valid',
    )

    const verifier = createAccessTokenVerifier({ ...about, fetchKeys })
    const claims = { sub: 'ada', sid: 's1', roles: [], iss: 'users', aud: 'shop', iat: 1, exp: 9_999_999_999 }
    expect(await refusalOf(verifier.verify(new UnsecuredJWT(claims).encode()))).toBe('the token is not valid')

    const own = await importJWK(old.privateJwk, 'EdDSA')
    const signedAs = (typ: string): Promise<string> =>
      new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ, kid: old.publicJwk.kid! }).sign(own)
    expect(await refusalOf(verifier.verify(await signedAs('ashlar-internal+jwt')))).toBe('the token is not valid')
    expect(await verifier.verify(await signedAs('at+jwt'))).toMatchObject({ id: 'ada' })

    // The public key used as a shared secret: the oldest trick against verifiers that believe the header.
    const shared = new TextEncoder().encode(JSON.stringify(old.publicJwk))
    const confused = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: old.publicJwk.kid! }).sign(shared)
    expect(await refusalOf(verifier.verify(confused))).toBe('the token is not valid')
  })

  it('cannot be judged while no key was ever obtained, which is an outage and not a bad token', async () => {
    const issuer = await issuerWith([old.privateJwk])
    const verifier = createAccessTokenVerifier({ ...about, fetchKeys: () => Promise.reject(new Error('users is away')) })
    await expect(verifier.verify((await issuer.issue(customer)).token)).rejects.toThrow(KeysUnavailableError)
  })

  it('need a file of keys', () => {
    expect(() => createAccessTokens({ keysFile: join(folder, 'nowhere.json'), ...about, lifetimeSeconds: 900 })).toThrow(
      KeysUnavailableError,
    )
  })
})
