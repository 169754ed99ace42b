import { createTRPCClient, httpBatchLink, httpLink, type TRPCLink } from '@trpc/client'
import type { ContractRouter } from '@ashlar/contract'
import type { catalogue } from '@contracts/catalogue'
import { input } from '../pricing.ts'
import type { SideSettings } from '../settings.ts'
import type { Caller } from './make-caller.ts'

type Router = ContractRouter<typeof catalogue>

/** Calls by tRPC's client with one request for each call. */
export function makeHttpLink({ port }: SideSettings): Promise<Caller> {
  return callerOf(httpLink<Router>({ url: urlOf(port), methodOverride: 'POST' }))
}

/** Calls by tRPC's client with one request for all calls of a moment. */
export function makeHttpBatchLink({ port }: SideSettings): Promise<Caller> {
  return callerOf(httpBatchLink<Router>({ url: urlOf(port), methodOverride: 'POST' }))
}

function callerOf(link: TRPCLink<Router>): Promise<Caller> {
  const client = createTRPCClient<Router>({ links: [link] })
  return Promise.resolve({ call: () => client.priceLines.query(input) })
}

function urlOf(port = 0): string {
  return `http://127.0.0.1:${port}/rpc/catalogue.v1`
}
