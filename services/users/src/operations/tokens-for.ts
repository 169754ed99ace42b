import type { Session as SignedIn } from '@contracts/users'
import type { Session } from '../domain/session.ts'
import type { AccessTokens, RefreshTokens } from '../ports.ts'

export interface TokenNeeds {
  readonly refreshTokens: RefreshTokens
  readonly accessTokens: AccessTokens
}

/** Words a session as its customer gets it: a fresh access token, and the refresh token that was just kept. */
export async function tokensFor(
  session: Pick<Session, 'id' | 'userId'>,
  refreshToken: string,
  { accessTokens }: Pick<TokenNeeds, 'accessTokens'>,
): Promise<SignedIn> {
  const { token, expiresInSeconds } = await accessTokens.issue(session)
  return { accessToken: token, tokenType: 'Bearer', expiresInSeconds, refreshToken }
}
