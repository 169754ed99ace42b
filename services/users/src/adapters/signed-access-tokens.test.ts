import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccessTokenVerifier, generateSigningKey } from '@ashlar/security'
import { users } from '@contracts/users'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AccessKeyUnsupportedError, signedAccessTokens } from './signed-access-tokens.ts'

const about = { issuer: 'users', audience: 'gateway', lifetimeSeconds: 900 }
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'access-keys-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function tokensSignedWith(...keys: object[]) {
  const keysFile = join(folder, 'keys.json')
  await writeFile(keysFile, JSON.stringify({ keys }))
  return signedAccessTokens({ ...about, keysFile })
}

it('signs what the published keys verify, naming user and session', async () => {
  const { privateJwk } = await generateSigningKey('access')
  const tokens = await tokensSignedWith(privateJwk)
  const { token, expiresInSeconds } = await tokens.issue({ id: 's1', userId: 'u1' })
  const verifier = createAccessTokenVerifier({ ...about, fetchKeys: async () => [...tokens.publishedKeys()] })
  expect(await verifier.verify(token)).toEqual({ kind: 'customer', id: 'u1', sessionId: 's1', roles: [] })
  expect(expiresInSeconds).toBe(900)
})

it('publishes every key as the contract words it, and no private part', async () => {
  const [now, before] = [await generateSigningKey('access'), await generateSigningKey('access')]
  const keys = (await tokensSignedWith(now.privateJwk, before.privateJwk)).publishedKeys()
  expect(keys.map(({ kid }) => kid)).toEqual([now.publicJwk.kid, before.publicJwk.kid])
  expect(users.getPublishedKeys.output.parse({ keys })).toEqual({ keys })
  expect(JSON.stringify(keys)).not.toContain('"d"')
})

it('refuses a key it could not publish, and keeps it out of the error', async () => {
  const attempt = tokensSignedWith({ kty: 'EC', crv: 'P-256', kid: 'old-1', x: 'public', y: 'public', d: 'private' })
  await expect(attempt).rejects.toThrow(AccessKeyUnsupportedError)
  await expect(attempt).rejects.not.toThrow(/private/)
})
