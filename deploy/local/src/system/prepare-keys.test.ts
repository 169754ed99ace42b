import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { createAccessTokens, createIdentity, readPublicKeys, readSigningKey } from '@ashlar/security'
import { expect, it } from 'vitest'
import { StateDamagedError } from '../server/errors.ts'
import { ownFolder } from '../testing/own-folder.ts'
import { prepareKeys } from './prepare-keys.ts'

it('makes keys with which one process proves itself to another', async () => {
  const files = await prepareKeys({ folder: await ownFolder(), names: ['orders', 'gateway'] })
  const publicKeys = await readPublicKeys(files.publicKeysFile)
  const orders = createIdentity({ name: 'orders', signingKey: await readSigningKey(files.keyFileOf('orders')), publicKeys })
  const gateway = createIdentity({ name: 'gateway', signingKey: await readSigningKey(files.keyFileOf('gateway')), publicKeys })
  const token = await orders.tokenFor('gateway')
  expect(await gateway.verify(token, { audience: 'gateway' })).toEqual({ kind: 'service', name: 'orders' })
})

it('makes a key for customers’ access tokens', async () => {
  const { accessKeysFile } = await prepareKeys({ folder: await ownFolder(), names: [] })
  const tokens = createAccessTokens({ keysFile: accessKeysFile, issuer: 'shop', audience: 'shop', lifetimeSeconds: 60 })
  expect((await tokens.issue({ userId: 'u', sessionId: 's', roles: [] })).token).toMatch(/^ey/)
})

it('keeps the keys it finds, adds the missing ones, and heals a lost public set', async () => {
  const folder = await ownFolder()
  const first = await prepareKeys({ folder, names: ['orders'] })
  const ordersKey = await readFile(first.keyFileOf('orders'), 'utf8')
  await rm(first.publicKeysFile)
  await prepareKeys({ folder, names: ['payments'] })
  expect(await readFile(first.keyFileOf('orders'), 'utf8')).toBe(ordersKey)
  const { keys } = JSON.parse(await readFile(first.publicKeysFile, 'utf8')) as { keys: { kid: string }[] }
  expect(keys.map(({ kid }) => kid.slice(0, kid.lastIndexOf('-')))).toEqual(['orders', 'payments'])
})

it('shows private keys to nobody else, and publishes no private part', async () => {
  const { keyFileOf, accessKeysFile, publicKeysFile } = await prepareKeys({ folder: await ownFolder(), names: ['orders'] })
  for (const file of [keyFileOf('orders'), accessKeysFile]) expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readFile(publicKeysFile, 'utf8')).not.toMatch(/"d":/)
})

it.each(['orders.key.json', 'access-keys.json'])('names %s when it is damaged, and what to do', async (name) => {
  const folder = await ownFolder()
  await prepareKeys({ folder, names: ['orders'] })
  const file = join(folder, 'keys', name)
  for (const text of ['', '{"kty":"OKP","d":"very-secret"', '{"kid":"orders-1"}', 'null']) {
    await writeFile(file, text)
    const refusal: unknown = await prepareKeys({ folder, names: ['orders'] }).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(StateDamagedError)
    expect((refusal as Error).message).toContain(`The key in ${file} cannot be used: `)
    expect((refusal as Error).message).toContain('Remove that file and start again')
    expect(inspect(refusal)).not.toContain('very-secret')
  }
  await rm(file)
  await prepareKeys({ folder, names: ['orders'] })
})
