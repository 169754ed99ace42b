import { z } from '@ashlar/contract'
import { platformConfig } from '@ashlar/service'

/** The environment of users. */
export const UsersConfig = z.object({
  ...platformConfig('users'),
  /** A JWKS of private keys: the first signs access tokens, all are published. */
  USERS_ACCESS_KEYS_FILE: z.string(),
  /** What the gateway expects to find in a token; its own variables must say the same. */
  USERS_TOKEN_ISSUER: z.string().default('users'),
  USERS_TOKEN_AUDIENCE: z.string().default('gateway'),
  /** A token that is out cannot be called back, so its life is short. */
  USERS_ACCESS_TOKEN_LIFETIME_SECONDS: z.coerce.number().int().min(1).max(86_400).default(900),
  /** Where gRPC is spoken; 0 takes a free port, which the registry then announces. */
  USERS_GRPC_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
})
