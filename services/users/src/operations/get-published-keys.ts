import { local } from '@ashlar/service'
import { users as contract } from '@contracts/users'
import type { AccessTokens } from '../ports.ts'

/** Give the keys that verify access tokens: the one that signs now, and those whose tokens may still be about. */
export const getPublishedKeys = local(contract.getPublishedKeys, ({ accessTokens }: { accessTokens: AccessTokens }) => () => {
  return Promise.resolve({ keys: [...accessTokens.publishedKeys()] })
})
