import { createHash, randomBytes } from 'node:crypto'
import type { RefreshTokens } from '../ports.ts'

/** Makes refresh tokens of 256 random bits. So much chance needs no salt: SHA-256 is digest enough. */
export function randomRefreshTokens(): RefreshTokens {
  return {
    next: () => randomBytes(32).toString('base64url'),
    digestOf: (token) => createHash('sha256').update(token).digest('hex'),
  }
}
