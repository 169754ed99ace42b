import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccessTokens } from '@ashlar/security'
import type { PublishedKey } from '@contracts/users'
import { customerId } from './door.ts'

/** The public half of the example key of RFC 8037, appendix A: the same each time, and nobody's secret. */
export const knownKey: PublishedKey = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  kid: 'access-known',
  alg: 'EdDSA',
  use: 'sig',
}
const privateHalf = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A'

/** Issues an access token of the customer, signed with the known key. */
export async function tokenByKnownKey(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'known-key-'))
  try {
    const keysFile = join(folder, 'keys.json')
    await writeFile(keysFile, JSON.stringify({ keys: [{ ...knownKey, d: privateHalf }] }))
    const tokens = createAccessTokens({ keysFile, issuer: 'users', audience: 'gateway', lifetimeSeconds: 60 })
    return (await tokens.issue({ userId: customerId, sessionId: 's-1', roles: [] })).token
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
