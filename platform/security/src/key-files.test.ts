import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createIdentity } from './identity.ts'
import { KeysUnavailableError } from './keys-unavailable.ts'
import { readPublicKeys } from './public-keys-file.ts'
import { generateSigningKey, readSigningKey } from './signing-key.ts'

describe('key files', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ashlar-keys-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('are enough for two processes to know each other', async () => {
    const { privateJwk, publicJwk } = await generateSigningKey('order-history')
    await writeFile(join(folder, 'own.json'), JSON.stringify(privateJwk))
    await writeFile(join(folder, 'public.json'), JSON.stringify({ keys: [publicJwk] }))
    const signingKey = await readSigningKey(join(folder, 'own.json'))
    const publicKeys = await readPublicKeys(join(folder, 'public.json'))

    const identity = createIdentity({ name: 'order-history', signingKey, publicKeys })
    const token = await identity.tokenFor('orders')
    expect(await identity.verify(token, { audience: 'orders' })).toEqual({ kind: 'service', name: 'order-history' })
  })

  it('keep the private part out of the public key', async () => {
    const { privateJwk, publicJwk } = await generateSigningKey('orders')
    expect(privateJwk.d).toBeTypeOf('string')
    expect(publicJwk).not.toHaveProperty('d')
    expect(publicJwk.kid).toMatch(/^orders-[0-9a-f]{16}$/)
  })

  it('are named when they cannot be read, without a word of their content', async () => {
    const broken = join(folder, 'broken.json')
    await writeFile(broken, '{"d":"very-secret"')
    const error = await readSigningKey(broken).catch((refusal: unknown) => refusal)
    expect(error).toBeInstanceOf(KeysUnavailableError)
    expect((error as Error).message).toBe(`cannot read keys from ${broken}: it is not JSON`)
    expect(inspect(error)).not.toContain('very-secret')

    await expect(readPublicKeys(join(folder, 'nowhere.json'))).rejects.toThrow(KeysUnavailableError)
  })

  it('do not pass a public key off as one to sign with', async () => {
    const { publicJwk } = await generateSigningKey('orders')
    await writeFile(join(folder, 'half.json'), JSON.stringify(publicJwk))
    const error = await readSigningKey(join(folder, 'half.json')).catch((refusal: unknown) => refusal)
    expect(((error as Error).cause as Error).message).toBe('not a private signing key with a kid')
  })
})
