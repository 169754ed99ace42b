import { readFile } from 'node:fs/promises'
import type { JWK } from 'jose'
import { createKeySet, type PublicKeys } from './key-set.ts'
import { KeysUnavailableError } from './keys-unavailable.ts'

const rereadGapMs = 1_000
const maxAgeMs = 60_000

/**
 * Reads the public keys of all processes from a JWKS file. The file is read again when an unknown key id appears, at
 * most once a second, and once a minute in use; while it cannot be read the last good keys stay. Throws
 * `KeysUnavailableError` when it cannot be read at first.
 */
export async function readPublicKeys(file: string): Promise<PublicKeys> {
  await loadFile(file)
  return createKeySet({ load: () => loadFile(file), refetchGapMs: rereadGapMs, maxAgeMs })
}

async function loadFile(file: string): Promise<JWK[]> {
  try {
    const { keys } = JSON.parse(await readFile(file, 'utf8')) as { keys?: unknown }
    if (!Array.isArray(keys) || keys.length === 0) throw new Error('it holds no "keys"')
    return keys as JWK[]
  } catch (cause) {
    throw KeysUnavailableError.reading(file, cause)
  }
}
