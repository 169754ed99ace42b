import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createAccessTokens,
  createAccessTokenVerifier,
  createIdentity,
  readPublicKeys,
  readSigningKey,
  type Identity,
} from '@ashlar/security'
import { prepareKeys } from '@deploy/local'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerToken } from './caller-token.ts'

let folder: string
let catalogue: Identity
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ashlar-keys-'))
  const { keyFileOf, publicKeysFile } = await prepareKeys({ folder, names: ['gateway', 'catalogue', 'orders'] })
  const signingKey = await readSigningKey(keyFileOf('catalogue'))
  catalogue = createIdentity({ name: 'catalogue', signingKey, publicKeys: await readPublicKeys(publicKeysFile) })
})
afterAll(() => rm(folder, { recursive: true }))

const read = async (as?: string) =>
  catalogue.verify(await callerToken({ keys: join(folder, 'keys'), service: 'catalogue', as }), { audience: 'catalogue' })

describe('a token made by hand', () => {
  it('is believed by the service it is for', async () => {
    expect(await read()).toEqual({ kind: 'anonymous' })
    expect(await read('orders')).toEqual({ kind: 'service', name: 'orders' })
  })

  it('speaks for a customer, to a service and to the gateway', async () => {
    const keys = join(folder, 'keys')
    const customer = { id: 'c-1', sessionId: 's-1', roles: ['keeper'] }
    const vouched = await callerToken({ keys, service: 'catalogue', as: 'customer', customer })
    expect(await catalogue.verify(vouched, { audience: 'catalogue' })).toEqual({ kind: 'customer', ...customer })

    const tokens = createAccessTokens({
      keysFile: join(keys, 'access-keys.json'),
      issuer: 'users',
      audience: 'gateway',
      lifetimeSeconds: 60,
    })
    const verifier = createAccessTokenVerifier({ issuer: 'users', audience: 'gateway', fetchKeys: async () => tokens.publicKeys() })
    const own = await callerToken({ keys, service: 'gateway', as: 'customer', customer })
    expect(await verifier.verify(own)).toEqual({ kind: 'customer', ...customer })
  })

  it('is for no other', async () => {
    const token = await callerToken({ keys: join(folder, 'keys'), service: 'orders', as: undefined })
    await expect(catalogue.verify(token, { audience: 'catalogue' })).rejects.toMatchObject({ reason: 'unauthenticated' })
  })

  it('is not made for or by whom nobody knows', async () => {
    await expect(read('stranger')).rejects.toThrow('there is no key of stranger in')
    await expect(callerToken({ keys: join(folder, 'keys'), service: 'caterlogue', as: undefined })).rejects.toThrow('no key of caterlogue')
  })
})
