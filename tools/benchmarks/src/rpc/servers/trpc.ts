import { initTRPC } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import { getRequestListener } from '@hono/node-server'
import { catalogue } from '@contracts/catalogue'
import { price } from '../pricing.ts'
import { listen } from './listen.ts'

const { input, output } = catalogue.operations.priceLines
const basePath = '/rpc/catalogue.v1/'

function makeRouter() {
  const trpc = initTRPC.create()
  return trpc.router({
    priceLines: trpc.procedure
      .input(input)
      .output(output)
      .query(({ input: asked }) => price(asked)),
  })
}

/** Serves by the adapter for node:http. */
export function serveTrpc(): Promise<number> {
  return listen(createHTTPHandler({ router: makeRouter(), basePath, allowMethodOverride: true }))
}

/** Serves by the adapter for fetch, which on Node stands behind an adapter of Hono's. */
export function serveTrpcFetch(): Promise<number> {
  const router = makeRouter()
  const answer = (req: Request) => fetchRequestHandler({ req, router, endpoint: basePath.slice(0, -1), allowMethodOverride: true })
  return listen(getRequestListener(answer))
}
