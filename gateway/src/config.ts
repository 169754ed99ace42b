import { z } from '@ashlar/contract'
import { processVariables } from '@ashlar/service'
import { rateLimitsVariable } from './limits/rate-classes.ts'

/** The gateway's environment. */
export const GatewayConfig = z.object({
  ...processVariables,
  GATEWAY_KEY_FILE: z.string(),
  /** JSON from rate class to `{limit, windowSeconds}`; what it leaves out keeps its default. */
  GATEWAY_RATE_LIMITS: rateLimitsVariable,
  /** Origins that may read answers in a browser, separated by commas; `*` for any; none unless said. */
  GATEWAY_CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((origin) => (origin.trim() === '' ? [] : [origin.trim()]))),
  /** Proxies in front that append to X-Forwarded-For. */
  GATEWAY_TRUSTED_HOPS: z.coerce.number().int().min(0).default(0),
  /** How long a caller may take to send its headers, and its whole request. */
  GATEWAY_HEADERS_TIMEOUT_MS: z.coerce.number().int().min(1).default(10_000),
  GATEWAY_REQUEST_TIMEOUT_MS: z.coerce.number().int().min(1).default(30_000),
  /** How many streams one customer, or one address where nobody need say who they are, may hold open; and all together. */
  GATEWAY_STREAMS_PER_CALLER: z.coerce.number().int().min(1).default(10),
  GATEWAY_STREAMS: z.coerce.number().int().min(1).default(1_000),
  /** Where metrics and health in full are answered, to neighbours: never to be published. 0 takes a free port, which the registry then announces. */
  GATEWAY_METRICS_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** Whether /docs also shows what travels between services, to everybody who reaches the gateway: meant for development. */
  GATEWAY_INTERNAL_DOCS: z.enum(['on', 'off']).default('off'),
  GATEWAY_TOKEN_ISSUER: z.string().default('users'),
  GATEWAY_TOKEN_AUDIENCE: z.string().default('gateway'),
})
export type GatewayConfig = z.output<typeof GatewayConfig>
