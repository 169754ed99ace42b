import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeJwt, decodeProtectedHeader, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose'
import type { StartedShop } from './shop.ts'

/** Signs a customer's token once more with the shop's own key, as if it had been issued that long ago. */
export async function agedToken({ system }: StartedShop, token: string, ageSeconds: number): Promise<string> {
  const { keys } = JSON.parse(await readFile(join(system.folder, 'keys', 'access-keys.json'), 'utf8')) as { keys: JWK[] }
  const { kid, alg } = decodeProtectedHeader(token)
  const key = keys.find((candidate) => candidate.kid === kid)
  if (key === undefined) throw new Error('the shop does not have the key this token was signed with')
  const { iat = 0, exp = 0 } = decodeJwt(token)
  return signed(token, await importJWK(key, alg ?? 'EdDSA'), { iat: iat - ageSeconds, exp: exp - ageSeconds })
}

/** Signs a customer's token once more with a key the shop never saw, under the name of the shop's key. */
export async function forgedToken(token: string): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA')
  return signed(token, privateKey, {})
}

/** A customer's token with its signature cut off, claiming to need none. */
export function unsignedToken(token: string): string {
  const header = Buffer.from(JSON.stringify({ ...decodeProtectedHeader(token), alg: 'none' })).toString('base64url')
  return `${header}.${token.split('.')[1] ?? ''}.`
}

function signed(token: string, key: Parameters<SignJWT['sign']>[0], claims: object): Promise<string> {
  const header = { alg: 'EdDSA', ...decodeProtectedHeader(token) }
  return new SignJWT({ ...decodeJwt(token), ...claims }).setProtectedHeader(header).sign(key)
}
