import type { IncomingMessage, ServerResponse } from 'node:http'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import { httpStatusOf, RequestRefusedError } from '@ashlar/contract'
import type { Principal } from '@ashlar/security'
import { runInContext } from '@observability/telemetry'
import { Call } from './call.ts'
import { incomingContext, refuseTooShort, waitMsOf } from './incoming-context.ts'
import type { Implementation } from './implementation.ts'
import { defaultMaxBodyBytes } from './listener-options.ts'
import { largestBatch, readTarget } from './read-target.ts'
import { refuseForeignMedia, refuseSharedKey, unknownOperation } from './refusals.ts'
import { refuseWhole } from './refuse-whole.ts'
import { routesOf, rpcPrefix, type Target } from './routes.ts'
import { contextsOf, endRequest, spanOf } from './shown-request.ts'
import { tellDeprecated } from './tell-deprecated.ts'
import { tellSettled, type Part } from './tell-settled.ts'
import { partIn, stockRouter, takePart, thrownIn, wireErrorOfTrpc, type StockOptions } from './stock-router.ts'

type Handle = (req: IncomingMessage, res: ServerResponse) => void

/** Serves contracts by tRPC's own HTTP adapter, with the same contexts, deadlines, refusals and errors as our own wire. */
export function createStockListener(options: StockOptions): Handle {
  const calls = new WeakMap<IncomingMessage, Received>()
  const handlers = new Map(options.implementations.map((kept) => [kept.contract.id, stockHandler(kept, options, calls)]))
  const targets = routesOf(options.implementations)
  return (req, res) => {
    const [id = ''] = (req.url ?? '').slice(rpcPrefix.length).split(/[/?]/, 1)
    const handle = handlers.get(id)
    let target: Target | undefined
    try {
      if (handle === undefined)
        throw new RequestRefusedError({ status: 'NOT_FOUND', reason: unknownOperation.reason }, unknownOperation.message)
      refuseForeignMedia(req)
      const read = readTarget(req.url ?? '', targets)
      target = read
      tellDeprecated(res, read)
      refuseSharedKey(req, read)
      const waitMs = waitMsOf(req.headers)
      refuseTooShort(waitMs)
      const call = new Call(req, incomingContext(req.headers, waitMs, spanOf(read, options.implementations)), waitMs)
      calls.set(req, { call, res, parts: partsOf(read, call) })
      call.follow(res)
      if (read.isBatch) res.once('close', () => endRequest(call.context, res.statusCode))
      runInContext(call.context, () => handle(req, res))
    } catch (cause) {
      refuseWhole(options, { req, res, cause, target })
    }
  }
}

interface Received {
  readonly call: Call
  readonly res: ServerResponse
  /** What it asks for and has not been answered yet. */
  readonly parts: Part[]
}

function partsOf(target: Target, call: Call): Part[] {
  const contexts = contextsOf(target, call.context)
  return target.asked.map((asked, index) => ({ call, context: contexts[index] ?? call.context, asked }))
}

function unasked(call: Call, name: string): Part {
  return { call, context: call.context, asked: { name, route: undefined } }
}

function stockHandler(kept: Implementation, options: StockOptions, calls: WeakMap<IncomingMessage, Received>): Handle {
  const audience = kept.contract.name
  return createHTTPHandler({
    router: stockRouter(kept, options),
    basePath: `${rpcPrefix}${kept.contract.id}/`,
    allowMethodOverride: true,
    maxBodySize: options.maxBodyBytes ?? defaultMaxBodyBytes,
    maxBatchSize: largestBatch,
    createContext: ({ req }) => {
      const received = calls.get(req)
      if (received === undefined) throw new TypeError('a request reached the router past its listener')
      let asking: Promise<Principal> | undefined
      return { ...received, authenticated: () => (asking ??= options.authenticate(req.headers.authorization, audience)) }
    },
    onError: ({ error, path = '', req, type }) => {
      const received = calls.get(req)
      if (received === undefined) return
      const { status, reason } = wireErrorOfTrpc(error)
      const { call } = received
      const isStream = type === 'subscription'
      // a browser reads no body with an error's status, and opens its streams by GET
      if (isStream && req.method !== 'GET' && !received.res.headersSent) received.res.statusCode = httpStatusOf(status)
      const part = partIn(error) ?? takePart(received.parts, path) ?? (isStream ? undefined : unasked(call, path))
      // of a stream it is told how it was opened, once
      if (part === undefined) return
      tellSettled(options, part, { code: status, reason, thrown: thrownIn(error) })
    },
  })
}
