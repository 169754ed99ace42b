import { newId, readConfig, type Platform, type ServiceDefinition } from '@ashlar/service'
import { argonPasswords } from './adapters/argon-passwords.ts'
import { postgresSessionStore } from './adapters/postgres-session-store.ts'
import { postgresUserStore } from './adapters/postgres-user-store.ts'
import { randomRefreshTokens } from './adapters/random-refresh-tokens.ts'
import { signedAccessTokens } from './adapters/signed-access-tokens.ts'
import { UsersConfig } from './config.ts'
import { usersService } from './service.ts'

export { UsersConfig } from './config.ts'

/** Builds users on a platform; alone in its process, or beside other services in one. */
export function startUsers(_platform: Platform, environment: NodeJS.ProcessEnv): ServiceDefinition {
  const config = readConfig(UsersConfig, environment)
  const needs = {
    users: postgresUserStore(),
    sessions: postgresSessionStore(),
    passwords: argonPasswords(),
    refreshTokens: randomRefreshTokens(),
    accessTokens: signedAccessTokens({
      keysFile: config.USERS_ACCESS_KEYS_FILE,
      issuer: config.USERS_TOKEN_ISSUER,
      audience: config.USERS_TOKEN_AUDIENCE,
      lifetimeSeconds: config.USERS_ACCESS_TOKEN_LIFETIME_SECONDS,
    }),
    ids: { next: newId },
    clock: { now: () => new Date() },
  }
  return usersService(needs, { grpcPort: config.USERS_GRPC_PORT })
}
