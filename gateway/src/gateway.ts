import { readFile } from 'node:fs/promises'
import type { AnyContract } from '@ashlar/contract'
import { openRegistry } from '@ashlar/discovery'
import { createClient, createTransport } from '@ashlar/rpc'
import { createAccessTokenVerifier, createIdentity, readPublicKeys, readSigningKey } from '@ashlar/security'
import { Health, openHttpDoor, stoppable, type Server } from '@ashlar/service'
import { users } from '@contracts/users'
import { createLogger, createTelemetry, type Logger } from '@observability/telemetry'
import { answerRequest } from './answer-request.ts'
import type { GatewayConfig } from './config.ts'
import { shopDocs } from './docs/shop-docs.ts'
import { RateLimiter } from './limits/rate-limiter.ts'
import { defaultRateClasses } from './limits/rate-classes.ts'
import { openNeighboursDoor } from './neighbours-door.ts'
import { registryProbe } from './registry-probe.ts'
import { OpenStreams } from './streams/open-streams.ts'
import { compileRoutes } from './routes/compile-routes.ts'

/**
 * Opens the door: routes compiled from the contracts, tokens checked with the users service's published keys, callers
 * limited, services found through the registry. A registry that is away does not stop the start: the gateway reports itself not
 * ready until it has answered once. Throws `RouteRefusedError` when a contract leaves an operation's access undecided.
 */
export async function startGateway(
  config: GatewayConfig,
  contracts: readonly AnyContract[],
  { logger = createLogger({ service: 'gateway', level: config.LOG_LEVEL }) }: { logger?: Logger } = {},
): Promise<Server> {
  const routes = compileRoutes(contracts)
  const openApi = await readFile(new URL('../generated/openapi.json', import.meta.url))
  const signingKey = await readSigningKey(config.GATEWAY_KEY_FILE)
  const identity = createIdentity({ name: 'gateway', signingKey, publicKeys: await readPublicKeys(config.PUBLIC_KEYS_FILE) })

  await using opened = new AsyncDisposableStack()
  const telemetry = opened.use(createTelemetry('gateway'))
  const registry = openRegistry(config.REGISTRY_URL, { logger })
  opened.defer(() => registry.close())
  const transport = opened.use(createTransport({ registry, logger }))
  const userService = createClient(users, { transport, authorize: (audience) => identity.tokenFor(audience), telemetry })
  const tokens = createAccessTokenVerifier({
    issuer: config.GATEWAY_TOKEN_ISSUER,
    audience: config.GATEWAY_TOKEN_AUDIENCE,
    fetchKeys: async () => [...(await userService.getPublishedKeys({}, { deadlineMs: 2_000 })).orThrow().keys],
  })
  const rules = {
    tokens,
    limiter: new RateLimiter(),
    telemetry,
    classes: { ...defaultRateClasses, ...config.GATEWAY_RATE_LIMITS },
    trustedHops: config.GATEWAY_TRUSTED_HOPS,
  }
  const streams = new OpenStreams({ perCaller: config.GATEWAY_STREAMS_PER_CALLER, all: config.GATEWAY_STREAMS }, telemetry)
  const health = new Health()
  health.watch('registry', registryProbe(registry))
  const answer = answerRequest({
    routes,
    rules,
    asking: { transport, identity, telemetry },
    streams,
    origins: config.GATEWAY_CORS_ORIGINS,
    openApi,
    docs: shopDocs({ contracts, openApi, readers: config.GATEWAY_INTERNAL_DOCS === 'on' ? 'internal' : 'public' }),
    logger,
  })
  const door = await openHttpDoor({
    host: config.HOST,
    port: config.PORT,
    headersTimeoutMs: config.GATEWAY_HEADERS_TIMEOUT_MS,
    requestTimeoutMs: config.GATEWAY_REQUEST_TIMEOUT_MS,
    health,
    healthAudience: 'public',
    answer,
    logger,
  })
  opened.use(await openNeighboursDoor({ host: config.HOST, port: config.GATEWAY_METRICS_PORT, health, registry, telemetry, logger }))
  logger.info({ event: 'ready', host: door.host, port: door.port }, 'ready')

  const open = opened.move()
  return stoppable(door, async () => {
    health.drain()
    await new Promise((resolve) => setTimeout(resolve, config.DRAIN_PROPAGATION_MS))
    streams.end()
    await door.close(config.DRAIN_GRACE_MS)
    await open.disposeAsync()
  })
}
