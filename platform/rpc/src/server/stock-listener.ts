import type { IncomingMessage, ServerResponse } from 'node:http'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import { httpStatusOf, RequestRefusedError } from '@ashlar/contract'
import type { Principal } from '@ashlar/security'
import { runInContext } from '@observability/telemetry'
import { Call } from './call.ts'
import { incomingContext, refuseTooShort, waitMsOf } from './incoming-context.ts'
import type { Implementation } from './implementation.ts'
import { defaultMaxBodyBytes, type RpcListenerOptions } from './listener-options.ts'
import { largestBatch, readTarget } from './read-target.ts'
import { refuseForeignMedia, refuseSharedKey, unknownOperation } from './refusals.ts'
import { refuseWhole } from './refuse-whole.ts'
import { routesOf, rpcPrefix } from './routes.ts'
import { tellSettled } from './tell-settled.ts'
import { stockRouter, thrownIn, wireErrorOfTrpc } from './stock-router.ts'

type Handle = (req: IncomingMessage, res: ServerResponse) => void

/** Serves contracts by tRPC's own HTTP adapter, with the same contexts, deadlines, refusals and errors as our own wire. */
export function createStockListener(options: RpcListenerOptions): Handle {
  const calls = new WeakMap<IncomingMessage, Call>()
  const handlers = new Map(options.implementations.map((kept) => [kept.contract.id, stockHandler(kept, options, calls)]))
  const targets = routesOf(options.implementations)
  return (req, res) => {
    const [id = ''] = (req.url ?? '').slice(rpcPrefix.length).split(/[/?]/, 1)
    const handle = handlers.get(id)
    try {
      if (handle === undefined)
        throw new RequestRefusedError({ status: 'NOT_FOUND', reason: unknownOperation.reason }, unknownOperation.message)
      refuseForeignMedia(req)
      refuseSharedKey(req, readTarget(req.url ?? '', targets))
      const waitMs = waitMsOf(req.headers)
      refuseTooShort(waitMs)
      const call = new Call(req, incomingContext(req.headers, waitMs), waitMs)
      calls.set(req, call)
      call.follow(res)
      runInContext(call.context, () => handle(req, res))
    } catch (cause) {
      refuseWhole(options, { req, res, cause })
    }
  }
}

function stockHandler(kept: Implementation, options: RpcListenerOptions, calls: WeakMap<IncomingMessage, Call>): Handle {
  const audience = kept.contract.name
  return createHTTPHandler({
    router: stockRouter(kept, options),
    basePath: `${rpcPrefix}${kept.contract.id}/`,
    allowMethodOverride: true,
    maxBodySize: options.maxBodyBytes ?? defaultMaxBodyBytes,
    maxBatchSize: largestBatch,
    createContext: ({ req }) => {
      const call = calls.get(req)
      if (call === undefined) throw new TypeError('a request reached the router past its listener')
      let asking: Promise<Principal> | undefined
      return { call, authenticated: () => (asking ??= options.authenticate(req.headers.authorization, audience)) }
    },
    onError: ({ error, path, req }) => {
      const call = calls.get(req)
      const { status, reason } = wireErrorOfTrpc(error)
      if (call !== undefined)
        tellSettled(options, call, {
          operation: `${kept.contract.id}/${path ?? ''}`,
          status: httpStatusOf(status),
          reason,
          thrown: thrownIn(error),
        })
    },
  })
}
