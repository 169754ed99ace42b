import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIdentity, readPublicKeys, readSigningKey, type Identity } from '@ashlar/security'
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

  it('is for no other', async () => {
    const token = await callerToken({ keys: join(folder, 'keys'), service: 'orders', as: undefined })
    await expect(catalogue.verify(token, { audience: 'catalogue' })).rejects.toMatchObject({ reason: 'unauthenticated' })
  })

  it('is not made for or by whom nobody knows', async () => {
    await expect(read('stranger')).rejects.toThrow('there is no key of stranger in')
    await expect(callerToken({ keys: join(folder, 'keys'), service: 'caterlogue', as: undefined })).rejects.toThrow('no key of caterlogue')
  })
})
