import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Transport } from '@ashlar/rpc'
import { Health, openHttpDoor } from '@ashlar/service'
import { createAccessTokenVerifier } from '@ashlar/security'
import { createLogger, createTelemetry } from '@observability/telemetry'
import { answerRequest } from '../src/answer-request.ts'
import { contracts } from '../src/contracts.ts'
import { defaultRateClasses } from '../src/limits/rate-classes.ts'
import { RateLimiter } from '../src/limits/rate-limiter.ts'
import { compileRoutes } from '../src/routes/compile-routes.ts'
import { OpenStreams } from '../src/streams/open-streams.ts'
import { makeKeyFiles } from '../src/testing/key-files.ts'

export const customerId = '01935b00-0000-7000-8000-0000000000aa'

/** The gateway's way of a request, from its door to a service. */
export interface Door extends AsyncDisposable {
  readonly url: string
  /** An access token of the customer. */
  readonly token: string
}

/** Opens the gateway's door in front of whatever a transport leads to. */
export async function openDoor(transport: Transport): Promise<Door> {
  await using opened = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'door-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const keys = await makeKeyFiles(folder, ['gateway'])
  const telemetry = opened.use(createTelemetry('gateway'))
  const logger = createLogger({ service: 'gateway', level: 'silent' })
  const tokens = createAccessTokenVerifier({
    issuer: 'users',
    audience: 'gateway',
    fetchKeys: () => Promise.resolve(keys.accessTokens.publicKeys()),
  })
  const answer = answerRequest({
    routes: compileRoutes(contracts),
    rules: { tokens, limiter: new RateLimiter(), telemetry, classes: defaultRateClasses, trustedHops: 0 },
    asking: { transport, identity: await keys.identityOf('gateway'), telemetry },
    streams: new OpenStreams({ perCaller: 10, all: 100 }, telemetry),
    origins: [],
    openApi: Buffer.from('{}'),
    docs: { read: () => Promise.resolve(undefined) },
    logger,
  })
  const door = await openHttpDoor({ host: '127.0.0.1', port: 0, health: new Health(), answer, logger })
  opened.defer(() => door.close(0))
  const { token } = await keys.accessTokens.issue({ userId: customerId, sessionId: 's-1', roles: [] })
  const open = opened.move()
  return { url: `http://127.0.0.1:${door.port}`, token, [Symbol.asyncDispose]: () => open.disposeAsync() }
}
