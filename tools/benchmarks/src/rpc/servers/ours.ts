import { RequestRefusedError } from '@ashlar/contract'
import { createRpcListener, implement, type RpcListenerOptions } from '@ashlar/rpc'
import { createIdentity, readPublicKeys, readSigningKey } from '@ashlar/security'
import { catalogue } from '@contracts/catalogue'
import { createLogger, createTelemetry, openProcessMetrics, type Telemetry } from '@observability/telemetry'
import type { SideSettings } from '../settings.ts'
import { price } from '../pricing.ts'
import { listen } from './listen.ts'

const nobodyAsks = () => Promise.reject(new Error('nobody asks for it here'))

/** Serves the contract by our own listener, as a service does, all but its database and its log lines. */
export async function serveOurs(settings: SideSettings): Promise<{ port: number; telemetry: Telemetry | undefined }> {
  const telemetry = settings.care === 'seen' ? createTelemetry('catalogue') : undefined
  if (telemetry !== undefined) openProcessMetrics()
  const kept = implement(catalogue, {
    listProducts: nobodyAsks,
    getProduct: nobodyAsks,
    priceLines: (asked) => Promise.resolve(price(asked)),
  })
  const listener = createRpcListener({
    implementations: [telemetry === undefined ? kept : { ...kept, telemetry }],
    authenticate: await authenticatorOf(settings),
    logger: createLogger({ service: 'catalogue', level: 'warn' }),
  })
  const port = await listen((request, response) => {
    if (!listener(request, response)) response.writeHead(404).end()
  })
  return { port, telemetry }
}

/** Verifies tokens, or takes everybody for the service that may ask: the others have no identity either. */
async function authenticatorOf({ care, group, keys }: SideSettings): Promise<RpcListenerOptions['authenticate']> {
  if (care === 'plain' || group === 'server') return () => orders
  const identity = createIdentity({
    name: 'catalogue',
    signingKey: await readSigningKey(keys.catalogue),
    publicKeys: await readPublicKeys(keys.all),
  })
  return (authorization, audience) => {
    if (authorization !== undefined) return identity.verify(authorization.replace(/^Bearer /i, ''), { audience })
    throw new RequestRefusedError({ status: 'UNAUTHORIZED', reason: 'unauthenticated' }, 'a token is missing')
  }
}

const orders = Promise.resolve({ kind: 'service', name: 'orders' } as const)
