import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createAccessTokens, generateSigningKey, KeysUnavailableError, readSigningKey } from '@ashlar/security'
import { StateDamagedError } from '../server/errors.ts'
import { writeWhole } from './write-whole.ts'

const ending = '.key.json'

/** Where a system's signing keys are. */
export interface KeyFiles {
  /** Everybody's public keys (JWKS). */
  readonly publicKeysFile: string
  /** The private keys of customers' access tokens (JWKS); only the users service reads it. */
  readonly accessKeysFile: string
  /** One process's own private key. */
  readonly keyFileOf: (name: string) => string
}

/**
 * Makes a private key file for each process that has none, the key file of access tokens, and one set of all public
 * keys. Keys that are there stay, those of names no longer asked for too: messages they signed may still be under way.
 * Throws `StateDamagedError`, naming the file and what to do, for one that cannot be used.
 */
export async function prepareKeys({ folder, names }: { folder: string; names: readonly string[] }): Promise<KeyFiles> {
  const keys = join(folder, 'keys')
  await mkdir(keys, { recursive: true, mode: 0o700 })
  const keyFileOf = (name: string): string => join(keys, `${name}${ending}`)
  const publicKeysFile = join(keys, 'public-keys.json')
  const accessKeysFile = join(keys, 'access-keys.json')

  await Promise.all(names.map((name) => makeOnce(keyFileOf(name), async () => (await generateSigningKey(name)).privateJwk)))
  await makeOnce(accessKeysFile, async () => ({ keys: [(await generateSigningKey('access')).privateJwk] }))
  await requireAccessKeys(accessKeysFile)
  await writeWhole(publicKeysFile, JSON.stringify({ keys: await publicHalves(keys) }, undefined, 2), { mode: 0o644 })
  return { publicKeysFile, accessKeysFile, keyFileOf }
}

async function makeOnce(file: string, make: () => Promise<object>): Promise<void> {
  if ((await stat(file).catch(() => undefined)) !== undefined) return
  await writeWhole(file, JSON.stringify(await make()), { mode: 0o600 })
}

// The fields of a public Ed25519 key, by name: anything else in the file stays private.
async function publicHalves(folder: string): Promise<object[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(ending)).toSorted()
  return Promise.all(
    files.map(async (name) => {
      await readable(join(folder, name), () => readSigningKey(join(folder, name)))
      const { kty, crv, x, kid, alg, use } = JSON.parse(await readFile(join(folder, name), 'utf8')) as Record<string, unknown>
      return { kty, crv, x, kid, alg, use }
    }),
  )
}

// Signing shows more than reading: what cannot sign would be noticed by the first customer who signs in.
async function requireAccessKeys(keysFile: string): Promise<void> {
  await readable(keysFile, () =>
    createAccessTokens({ keysFile, issuer: 'nobody', audience: 'nobody', lifetimeSeconds: 1 }).issue({
      userId: '',
      sessionId: '',
      roles: [],
    }),
  )
}

async function readable(file: string, use: () => Promise<unknown>): Promise<void> {
  try {
    await use()
  } catch (cause) {
    // A key that was read, and is none, is told by whoever imports it; neither repeats what is in the file.
    const why = cause instanceof KeysUnavailableError ? cause.cause : cause
    throw new StateDamagedError(
      `The key in ${file} cannot be used: ${why instanceof Error ? why.message : String(why)}.\nRemove that file and start again: a new key is made. What the old one signed is refused, so customers sign in again, and sagas ask again.`,
      { cause },
    )
  }
}
