import { createTRPCClient, httpBatchLink, httpLink, TRPCClientError, type TRPCLink } from '@trpc/client'
import type { AshlarErrorData, ContractRouter } from '@ashlar/contract'
import { createLogger } from '@observability/telemetry'
import { ashlarLink } from '../client/ashlar-link.ts'
import { createClient } from '../client/client.ts'
import { createTransport, type Transport } from '../client/transport.ts'
import { CallFailedError } from '../wire/call-failed.ts'
import { fixedRegistry } from './fixed-registry.ts'
import { parcels } from './parcels.ts'
import type { ServedHttp } from './serve-http.ts'

/** What a caller gets, told alike for every client: platform reasons are left out, since a foreign server gives none. */
export type Ending =
  | { readonly kind: 'answered'; readonly value: unknown }
  | { readonly kind: 'declared'; readonly code: string; readonly data: unknown }
  | { readonly kind: 'refused'; readonly status: string }
  | { readonly kind: 'broken' }

export type Operation = keyof typeof parcels.operations
/** Calls one operation by some client. */
export type Caller = (operation: Operation, input: unknown, options?: { signal?: AbortSignal }) => Promise<Ending>
export type OpenCaller = (server: ServedHttp) => { readonly call: Caller; readonly transport?: Transport }

export const quiet = createLogger({ service: 'test', level: 'silent' })

export function transportTo(...servers: ServedHttp[]): Transport {
  return createTransport({ registry: fixedRegistry(servers.map(({ instance }) => instance)), logger: quiet })
}

/** Every client that must be able to speak to every server. */
export const openCallers: Readonly<Record<string, OpenCaller>> = {
  'stock client, one call a request': (server) => ({ call: byTrpc(httpLink({ url: `${server.url}/rpc/${parcels.id}` })) }),
  'stock client, queries by POST': (server) => ({
    call: byTrpc(httpLink({ url: `${server.url}/rpc/${parcels.id}`, methodOverride: 'POST' })),
  }),
  'stock client, batches': (server) => ({ call: byTrpc(httpBatchLink({ url: `${server.url}/rpc/${parcels.id}` })) }),
  'plain tRPC client over our transport': (server) => {
    const transport = transportTo(server)
    return { call: byTrpc(ashlarLink({ contract: parcels, transport })), transport }
  },
  'our client': (server) => {
    const transport = transportTo(server)
    return { call: byOurs(transport), transport }
  },
}

function byTrpc(link: TRPCLink<ContractRouter<typeof parcels>>): Caller {
  const client = createTRPCClient<ContractRouter<typeof parcels>>({ links: [link] })
  const procedures = client as unknown as Record<string, Record<string, (input: unknown, options?: object) => Promise<unknown>>>
  return async (operation, input, options = {}) => {
    const ask = procedures[operation]?.[parcels.operations[operation].kind === 'query' ? 'query' : 'mutate']
    try {
      return { kind: 'answered', value: await ask?.(input, options) }
    } catch (cause) {
      if (!(cause instanceof TRPCClientError)) throw cause
      const data = cause.data as AshlarErrorData | undefined | null
      if (!data) return { kind: 'broken' }
      return isDeclared(operation, data.reason)
        ? { kind: 'declared', code: data.reason, data: data.details }
        : { kind: 'refused', status: data.code }
    }
  }
}

function byOurs(transport: Transport): Caller {
  const client = createClient(parcels, { transport })
  const functions = client as unknown as Record<
    string,
    (input: unknown, options?: object) => Promise<{ ok: true; value: unknown } | { ok: false; code: string; data: unknown }>
  >
  return async (operation, input, options = {}) => {
    try {
      const answer = await functions[operation]?.(input, options)
      if (answer?.ok === true) return { kind: 'answered', value: answer.value }
      return { kind: 'declared', code: answer?.code ?? '', data: answer?.data }
    } catch (cause) {
      if (!(cause instanceof CallFailedError)) throw cause
      return cause.status === undefined ? { kind: 'broken' } : { kind: 'refused', status: cause.status }
    }
  }
}

function isDeclared(operation: Operation, reason: string | undefined): reason is string {
  return reason !== undefined && Object.hasOwn(parcels.operations[operation].errors, reason)
}
