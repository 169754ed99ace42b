import { initTRPC, type AnyTRPCRouter } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { AnyContract } from '../src/index.ts'

type Answers = Readonly<Record<string, (input: never) => unknown>>

const t = initTRPC.create()

/** Builds a stock tRPC router from a contract's own schemas. */
export function stockRouter(contract: AnyContract, answers: Answers): AnyTRPCRouter {
  const procedures = Object.entries(contract.operations).map(([name, { kind, input, output }]) => {
    const procedure = t.procedure.input(input).output(output)
    const resolve = ({ input: given }: { input: unknown }): unknown => answers[name]?.(given as never)
    return [name, kind === 'query' ? procedure.query(resolve) : procedure.mutation(resolve)] as const
  })
  return t.router(Object.fromEntries(procedures))
}

/** Puts several routers side by side, as the gateway shows them. */
export function stockGateway(routers: Readonly<Record<string, AnyTRPCRouter>>): AnyTRPCRouter {
  return t.router(routers)
}

/** Gives a `fetch` whose requests a stock tRPC server answers in this process. */
export function answeredBy(router: AnyTRPCRouter): (url: string | URL | Request, init?: object) => Promise<Response> {
  return (url, init) => fetchRequestHandler({ endpoint: '/trpc', router, req: new Request(url, init) })
}
