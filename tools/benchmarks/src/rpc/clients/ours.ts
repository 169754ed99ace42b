import { randomUUID } from 'node:crypto'
import type { ContractRouter } from '@ashlar/contract'
import { createClient, createTransport, type Transport } from '@ashlar/rpc'
import { ashlarLink } from '@ashlar/rpc/trpc-link'
import { createIdentity, readPublicKeys, readSigningKey } from '@ashlar/security'
import { catalogue } from '@contracts/catalogue'
import { createLogger, createTelemetry, newTrace, openProcessMetrics, runInContext, type CallContext } from '@observability/telemetry'
import { createTRPCClient } from '@trpc/client'
import { oneInstance } from '../../one-instance.ts'
import { input } from '../pricing.ts'
import type { SideSettings } from '../settings.ts'
import type { Caller } from './make-caller.ts'

/** Calls by our typed client, as a service does; with care, inside the context of a request it answers. */
export async function makeOurs(settings: SideSettings): Promise<Caller> {
  const telemetry = settings.care === 'seen' ? createTelemetry('orders') : undefined
  if (telemetry !== undefined) openProcessMetrics()
  const transport = transportTo(settings)
  const client = createClient(catalogue, {
    transport,
    ...(settings.care === 'plain' ? {} : { authorize: await authorizerOf(settings) }),
    ...(telemetry === undefined ? {} : { telemetry }),
  })
  const call = async () => (await client.priceLines(input)).orThrow()
  return { call: settings.care === 'plain' ? call : () => runInContext(aRequest(), call), telemetry }
}

/** Calls by tRPC's client with our link. */
export function makeLink(settings: SideSettings): Promise<Caller> {
  const client = createTRPCClient<ContractRouter<typeof catalogue>>({
    links: [ashlarLink({ contract: catalogue, transport: transportTo(settings) })],
  })
  return Promise.resolve({ call: () => client.priceLines.query(input) })
}

function aRequest(): CallContext {
  return { requestId: randomUUID(), trace: newTrace(), deadlineAt: performance.now() + 5_000 }
}

async function authorizerOf({ keys }: SideSettings): Promise<(audience: string) => Promise<string>> {
  const signingKey = await readSigningKey(keys.orders)
  const identity = createIdentity({ name: 'orders', signingKey, publicKeys: await readPublicKeys(keys.all) })
  return (audience) => identity.tokenFor(audience)
}

function transportTo({ port = 0 }: SideSettings): Transport {
  return createTransport({ registry: oneInstance(port), logger: createLogger({ service: 'orders', level: 'warn' }) })
}
