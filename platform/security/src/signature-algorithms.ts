import type { JWK } from 'jose'

/** The only algorithms whose signatures are believed: asymmetric, and each tied to one kind of key. */
export const signatureAlgorithms: readonly string[] = ['EdDSA', 'ES256', 'RS256']

/** Gives the one algorithm a key may be used with, or `undefined` for a key the platform does not use. */
export function algorithmOf(jwk: JWK): string | undefined {
  const byKind =
    jwk.kty === 'OKP' && jwk.crv === 'Ed25519'
      ? 'EdDSA'
      : jwk.kty === 'EC' && jwk.crv === 'P-256'
        ? 'ES256'
        : jwk.kty === 'RSA'
          ? 'RS256'
          : undefined
  if (jwk.alg === undefined || jwk.alg === byKind) return byKind
  return byKind === 'EdDSA' && jwk.alg === 'Ed25519' ? byKind : undefined
}
