import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineContract, query, z } from '@ashlar/contract'
import { implement, type Implementation } from '@ashlar/rpc'
import {
  createAccessTokens,
  createIdentity,
  generateSigningKey,
  readPublicKeys,
  readSigningKey,
  type AccessTokens,
  type Identity,
} from '@ashlar/security'

/** Keys of a few processes, and of whoever issues access tokens, in a folder. */
export interface KeyFiles {
  readonly publicKeysFile: string
  keyFileOf(name: string): string
  identityOf(name: string): Promise<Identity>
  readonly accessTokens: AccessTokens
}

/** Makes the key files the real parts read: a private key for each name, one public set, and an access-token key. */
export async function makeKeyFiles(folder: string, names: readonly string[]): Promise<KeyFiles> {
  const keyFileOf = (name: string) => join(folder, `${name}.json`)
  const publicKeysFile = join(folder, 'public-keys.json')
  const pairs = await Promise.all(names.map(async (name) => ({ name, ...(await generateSigningKey(name)) })))
  await Promise.all(pairs.map(({ name, privateJwk }) => writeFile(keyFileOf(name), JSON.stringify(privateJwk))))
  await writeFile(publicKeysFile, JSON.stringify({ keys: pairs.map(({ publicJwk }) => publicJwk) }))
  return {
    publicKeysFile,
    keyFileOf,
    async identityOf(name) {
      return createIdentity({ name, signingKey: await readSigningKey(keyFileOf(name)), publicKeys: await readPublicKeys(publicKeysFile) })
    },
    accessTokens: await makeAccessTokens(join(folder, 'access-keys.json')),
  }
}

async function makeAccessTokens(keysFile: string): Promise<AccessTokens> {
  const { privateJwk } = await generateSigningKey('users-access')
  await writeFile(keysFile, JSON.stringify({ keys: [privateJwk] }))
  await readFile(keysFile)
  return createAccessTokens({ keysFile, issuer: 'users', audience: 'gateway', lifetimeSeconds: 600 })
}

const keyPublisher = defineContract({
  name: 'users',
  version: 1,
  operations: {
    getPublishedKeys: query({
      input: z.strictObject({}),
      output: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
      policy: { access: { services: ['gateway'] } },
    }),
  },
})

/** Keeps as much of the users' contract as the gateway asks of it. */
export function keepKeys(accessTokens: AccessTokens): Implementation {
  return implement(keyPublisher, { getPublishedKeys: async () => ({ keys: accessTokens.publicKeys().map((key) => ({ ...key })) }) })
}
