import { z } from '@ashlar/contract'

/** A public Ed25519 key as RFC 7517 and RFC 8037 write it; verifies access tokens that name its `kid`. */
export const PublishedKey = z
  .object({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string(),
    kid: z.string(),
    alg: z.literal('EdDSA'),
    use: z.literal('sig'),
  })
  .meta({ id: 'PublishedKey' })
export type PublishedKey = z.output<typeof PublishedKey>
