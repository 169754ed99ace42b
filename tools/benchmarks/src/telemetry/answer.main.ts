import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RequestRefusedError } from '@ashlar/contract'
import { createRpcListener, implement, type SettledCall } from '@ashlar/rpc'
import { createIdentity, readPublicKeys, readSigningKey } from '@ashlar/security'
import { catalogue } from '@contracts/catalogue'
import { createLogger, createTelemetry, openProcessMetrics } from '@observability/telemetry'
import { readSettings } from '../side-settings.ts'
import type { SideSettings } from './settings.ts'
import { serveBenchmark } from './side.ts'

// The side that is called: what a service does of a call, all but its database.
const { own, keys } = readSettings(process.env) as SideSettings
const telemetry = own === 'all' ? createTelemetry('catalogue') : undefined
if (own === 'all') openProcessMetrics()
const logger = createLogger({ service: 'catalogue', level: own === 'nothing' ? 'silent' : 'info' })
const signingKey = await readSigningKey(keys.own)
const identity = createIdentity({ name: 'catalogue', signingKey, publicKeys: await readPublicKeys(keys.all) })

const { priceLines } = catalogue
const kept = implement(
  { ...catalogue, operations: { priceLines } },
  {
    priceLines: ({ lines }) =>
      Promise.resolve({ lines: lines.map((line) => ({ ...line, name: 'Trowel', unitPrice: { amountMinor: 1_250, currency: 'EUR' } })) }),
  },
)

const listener = createRpcListener({
  implementations: [telemetry === undefined ? kept : { ...kept, telemetry }],
  authenticate: (authorization, audience) => {
    if (authorization !== undefined) return identity.verify(authorization.replace(/^Bearer /i, ''), { audience })
    throw new RequestRefusedError({ status: 'UNAUTHORIZED', reason: 'unauthenticated' }, 'a token is missing')
  },
  logger,
  ...(own === 'nothing' ? {} : { onSettled: logCall }),
})

/** The line that every service writes of a call. */
function logCall({ operation, status, reason, thrown, durationMs, principal }: SettledCall): void {
  const caller = principal.kind === 'service' ? principal.name : principal.kind
  logger.info({ event: 'call', operation, status, reason, error: thrown, caller, duration_ms: Math.round(durationMs * 10) / 10 }, 'call')
}

const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
  if (!listener(request, response)) response.writeHead(404).end()
})
const listening = new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))
serveBenchmark({ port: () => listening }, telemetry)
