import { grpcFace } from '@ashlar/grpc'
import { service, type ServiceDefinition } from '@ashlar/service'
import { users } from '@contracts/users'
import { getMe } from './operations/get-me.ts'
import { getPublishedKeys } from './operations/get-published-keys.ts'
import { getUser } from './operations/get-user.ts'
import { refreshSession } from './operations/refresh-session.ts'
import { registerUser } from './operations/register-user.ts'
import { signIn } from './operations/sign-in.ts'
import { signOut } from './operations/sign-out.ts'
import type { AccessTokens, Clock, Ids, Passwords, RefreshTokens, SessionStore, UserStore } from './ports.ts'

const migrations = new URL('../migrations', import.meta.url)

interface Needs {
  readonly users: UserStore
  readonly sessions: SessionStore
  readonly passwords: Passwords
  readonly refreshTokens: RefreshTokens
  readonly accessTokens: AccessTokens
  readonly ids: Ids
  readonly clock: Clock
}

/** Users: who keeps which promise. Programs that speak gRPC may ask as well, at a port of its own. */
export function usersService(needs: Needs, { grpcPort = 0 }: { grpcPort?: number } = {}): ServiceDefinition {
  return service(users, {
    operations: { registerUser, signIn, refreshSession, signOut, getMe, getUser, getPublishedKeys },
    migrations,
    faces: [grpcFace(users, { protobuf: () => import('@contracts/users/protobuf', { with: { type: 'json' } }), port: grpcPort })],
    needs,
  })
}
