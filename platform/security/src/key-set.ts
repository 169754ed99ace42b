import { importJWK, type CryptoKey, type JWK } from 'jose'
import { KeysUnavailableError } from './keys-unavailable.ts'
import { algorithmOf } from './signature-algorithms.ts'

/** Public keys by id, kept fresh from where they are published. */
export interface PublicKeys {
  /** Gives the key of this id, looking for news first when it is unknown. Throws `KeysUnavailableError` only while no key was ever had. */
  find(kid: string): Promise<CryptoKey | undefined>
  /** Changes whenever the keys do, so that what was verified with withdrawn keys can be forgotten. */
  readonly revision: number
}

export interface KeySetOptions {
  readonly load: () => Promise<readonly JWK[]>
  /** How long to leave the source alone after a look-up for an unknown id. */
  readonly refetchGapMs: number
  /** Keys older than this are looked up again, so that withdrawn ones go. */
  readonly maxAgeMs: number
  /** Milliseconds that only grow; the process clock unless said. */
  readonly now?: () => number
}

const firstLoadGapMs = 1_000

/**
 * Keeps the keys that `load` gives. An unknown id causes at most one load per `refetchGapMs`, however many ask; a load
 * that fails or gives no key leaves the last good keys in use.
 */
export function createKeySet({ load, refetchGapMs, maxAgeMs, now = () => performance.now() }: KeySetOptions): PublicKeys {
  let keys: ReadonlyMap<string, CryptoKey> = new Map()
  let published = ''
  let revision = 0
  let lastTry = Number.NEGATIVE_INFINITY
  let lastFailure: unknown
  let running: Promise<void> | undefined

  const replace = async (): Promise<void> => {
    const jwks = await load()
    const imported = await importPublicKeys(jwks)
    if (imported.size === 0) throw new Error('no usable key is published')
    keys = imported
    const text = JSON.stringify(jwks)
    if (text !== published) revision += 1
    published = text
  }
  const refresh = async (gapMs: number): Promise<void> => {
    if (running === undefined && now() - lastTry < gapMs) return
    if (running === undefined) {
      lastTry = now()
      running = replace()
        .catch((failure: unknown) => void (lastFailure = failure))
        .finally(() => (running = undefined))
    }
    await running
  }

  return {
    get revision() {
      return revision
    },
    async find(kid) {
      if (keys.has(kid)) {
        // The known key answers at once; its successor set may arrive behind it.
        if (now() - lastTry >= maxAgeMs) void refresh(refetchGapMs)
        return keys.get(kid)
      }
      await refresh(keys.size === 0 ? Math.min(firstLoadGapMs, refetchGapMs) : refetchGapMs)
      if (keys.size === 0) throw new KeysUnavailableError('no public keys were ever obtained', { cause: lastFailure })
      return keys.get(kid)
    },
  }
}

async function importPublicKeys(jwks: readonly JWK[]): Promise<Map<string, CryptoKey>> {
  const keys = new Map<string, CryptoKey>()
  for (const { d: _private, ...jwk } of jwks) {
    const algorithm = algorithmOf(jwk)
    // A key of a kind we do not use is no fault of its publisher.
    if (jwk.kid === undefined || algorithm === undefined || keys.has(jwk.kid)) continue
    const key = await importJWK({ ...jwk, alg: algorithm }, algorithm)
    if (!(key instanceof Uint8Array)) keys.set(jwk.kid, key)
  }
  return keys
}
