import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose'
import { KeysUnavailableError } from './keys-unavailable.ts'
import { algorithmOf } from './signature-algorithms.ts'

/** A private key in memory, with the id its signatures carry. */
export interface SigningKey {
  readonly kid: string
  readonly algorithm: string
  readonly key: CryptoKey
}

/**
 * Makes an Ed25519 key pair for the process `name`. Its key id is `<name>-<random>`: the part before the last dash
 * says whose key it is. Only `publicJwk` may leave the process that keeps `privateJwk`.
 */
export async function generateSigningKey(name: string): Promise<{ privateJwk: JWK; publicJwk: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const about = { kid: `${name}-${randomBytes(8).toString('hex')}`, alg: 'EdDSA', use: 'sig' }
  return { privateJwk: { ...(await exportJWK(privateKey)), ...about }, publicJwk: { ...(await exportJWK(publicKey)), ...about } }
}

/** Gives the process a key belongs to: its id up to the last dash. */
export function ownerOf(kid: string): string {
  return kid.slice(0, Math.max(kid.lastIndexOf('-'), 0))
}

/** Reads a private key from a file that holds one JWK. Throws `KeysUnavailableError`, which never quotes the file's content. */
export async function readSigningKey(file: string): Promise<SigningKey> {
  try {
    return await importSigningKey(JSON.parse(await readFile(file, 'utf8')) as JWK)
  } catch (cause) {
    throw KeysUnavailableError.reading(file, cause)
  }
}

/** Takes a private JWK into use; it must carry a `kid`, its private part, and be of a kind the platform signs with. */
export async function importSigningKey(jwk: JWK): Promise<SigningKey> {
  const algorithm = algorithmOf(jwk)
  if (jwk.kid === undefined || jwk.d === undefined || algorithm === undefined) throw new Error('not a private signing key with a kid')
  const key = await importJWK({ ...jwk, alg: algorithm }, algorithm)
  if (key instanceof Uint8Array) throw new Error('a shared secret is not a signing key')
  return { kid: jwk.kid, algorithm, key }
}
