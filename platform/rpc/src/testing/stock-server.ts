import { initTRPC, TRPCError } from '@trpc/server'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import { isFailed, type AnyBoundOperation, type Failed } from '@ashlar/contract'
import type { IncomingCall } from '../server/implementation.ts'
import { smallBodyBytes } from './our-listener.ts'
import { keepParcels, parcels, type KeptParcels } from './parcels.ts'
import { serveHttp, type ServedHttp } from './serve-http.ts'

class Declared extends Error {
  readonly failure: Failed
  constructor(failure: Failed) {
    super(failure.failedCode)
    this.failure = failure
  }
}

const t = initTRPC.create({
  isDev: false,
  // the one thing a foreign server adds to be able to say declared errors
  errorFormatter: ({ error, shape }) =>
    error.cause instanceof Declared
      ? { ...shape, data: { ...shape.data, reason: error.cause.failure.failedCode, details: error.cause.failure.data } }
      : shape,
})

type Handler = (input: unknown, call: IncomingCall) => Promise<unknown>

function procedureOf(operation: AnyBoundOperation, handle: Handler) {
  const typed = t.procedure.input(operation.input).output(operation.output)
  const answer = async ({ input, signal }: { input: unknown; signal: AbortSignal | undefined }) => {
    const call: IncomingCall = {
      principal: { kind: 'anonymous' },
      idempotencyKey: undefined,
      signal: signal ?? new AbortController().signal,
    }
    const result = await handle(input, call)
    if (!isFailed(result)) return result as never
    const status = operation.errors[result.failedCode]?.status ?? 'INTERNAL_SERVER_ERROR'
    throw new TRPCError({ code: status, cause: new Declared(result) })
  }
  return operation.kind === 'query' ? typed.query(answer) : typed.mutation(answer)
}

/** Serves parcels by nothing but tRPC's own server and the contract's schemas: what our wire is measured against. */
export async function serveStockParcels(): Promise<ServedHttp & { kept: KeptParcels }> {
  const kept = keepParcels()
  const handlers = kept.handlers as unknown as Readonly<Record<string, Handler>>
  const procedures = Object.entries<AnyBoundOperation>(parcels.operations).map(([name, operation]) => [
    name,
    procedureOf(operation, handlers[name] ?? (() => Promise.reject(new TypeError(`${name} is not kept`)))),
  ])
  const router = t.router(Object.fromEntries(procedures))
  const handler = createHTTPHandler({ router, basePath: `/rpc/${parcels.id}/`, allowMethodOverride: true, maxBodySize: smallBodyBytes })
  return { ...(await serveHttp(handler, 'stock')), kept }
}
