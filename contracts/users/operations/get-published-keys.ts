import { query, z } from '@ashlar/contract'
import { PublishedKey } from '../shapes/published-key.ts'

/** Give the keys that verify access tokens: the one that signs now, and those whose tokens may still be about. */
export const getPublishedKeys = query({
  input: z.strictObject({}),
  output: z.object({ keys: z.array(PublishedKey) }),
  policy: { access: { services: ['gateway'] } },
})
