import { createHash } from 'node:crypto'

/** Throws unless the SHA-256 of some bytes is one of those allowed. */
export function requireChecksum(bytes: Buffer, allowed: readonly string[]): void {
  const found = createHash('sha256').update(bytes).digest('hex')
  if (!allowed.includes(found)) throw new Error(`its SHA-256 is ${found}, which is not the one expected`)
}
