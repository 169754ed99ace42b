import type { IncomingMessage, ServerResponse } from 'node:http'
import { RequestRefusedError } from '@ashlar/contract'
import { runInContext } from '@observability/telemetry'
import { answerOperation } from './answer-operation.ts'
import { Call } from './call.ts'
import { Exchange } from './exchange.ts'
import { incomingContext, refuseTooShort, waitMsOf } from './incoming-context.ts'
import { Inputs } from './inputs.ts'
import { defaultMaxBodyBytes, type RpcListenerOptions } from './listener-options.ts'
import { readBody } from './read-body.ts'
import { readTarget } from './read-target.ts'
import { bodyTooLarge, isMethodOf, refuseForeignMedia, refuseSharedKey, unknownOperation, wrongMethod } from './refusals.ts'
import { refuseWhole } from './refuse-whole.ts'
import { routesOf, rpcPrefix, type Target } from './routes.ts'
import { spanOf } from './shown-request.ts'
import { stockFallback, wantsStream } from './stock-fallback.ts'
import { tellDeprecated } from './tell-deprecated.ts'
import { wireErrorOf } from './wire-error-of.ts'

/** Handles a request under `/rpc/` and returns true; returns false, untouched, for any other path. */
export type RpcListener = (req: IncomingMessage, res: ServerResponse) => boolean

interface Served extends RpcListenerOptions {
  readonly targets: ReadonlyMap<string, Target>
}

/**
 * Serves contracts on the tRPC wire: `POST` or `GET /rpc/<contract>.v<n>/<operation>`, and plain batches (`a,b?batch=1`).
 * For each operation it is settled who asks and whether they may before the input is read. Every call runs in a
 * `CallContext` of its own; the caller's deadline (`x-deadline-ms`) ends it with 504. Throws `TypeError` at once when a
 * contract is served twice or an operation is not kept.
 */
export function createRpcListener(options: RpcListenerOptions): RpcListener {
  const served: Served = { ...options, targets: routesOf(options.implementations) }
  const stock = stockFallback(options)
  return (req, res) => {
    const { url } = req
    if (url === undefined || !url.startsWith(rpcPrefix)) return false
    if (options.wire === 'stock' || wantsStream(req)) stock(req, res)
    else receive(served, req, res)
    return true
  }
}

function receive(served: Served, req: IncomingMessage, res: ServerResponse): void {
  const url = req.url ?? ''
  let target: Target | undefined
  let waitMs: number | undefined
  try {
    target = served.targets.get(url) ?? readTarget(url, served.targets)
    tellDeprecated(res, target)
    refuseForeignMedia(req)
    refuseSharedKey(req, target)
    waitMs = waitMsOf(req.headers)
    refuseTooShort(waitMs)
  } catch (cause) {
    refuseWhole(served, { req, res, cause, target })
    return
  }
  const call = new Call(req, incomingContext(req.headers, waitMs, spanOf(target, served.implementations)), waitMs)
  call.follow(res)
  const exchange = new Exchange(res, { target, call, listening: served })
  if (req.method !== 'POST') {
    runInContext(call.context, () => run(served, exchange, { req, given: target.queryInput }))
    return
  }
  readBody(req, limitOf(served, target), (given) => {
    runInContext(call.context, () => (given === undefined ? exchange.settleRest(bodyTooLarge) : run(served, exchange, { req, given })))
  })
}

function limitOf(served: Served, { asked, isBatch }: Target): number {
  const hinted = isBatch ? undefined : asked[0]?.route?.operation.hints.maxBodyBytes
  return hinted ?? served.maxBodyBytes ?? defaultMaxBodyBytes
}

interface Received {
  readonly req: IncomingMessage
  readonly given: Buffer | string | undefined
}

function run(served: Served, exchange: Exchange, received: Received): void {
  answerAll(served, exchange, received).catch((cause: unknown) => {
    const error = wireErrorOf(cause)
    if (!(cause instanceof RequestRefusedError)) served.logger.error({ err: cause }, 'a request could not be answered')
    exchange.settleRest(error)
  })
}

async function answerAll(served: Served, exchange: Exchange, { req, given }: Received): Promise<void> {
  const { target, call } = exchange
  const audience = target.asked.find(({ route }) => route !== undefined)?.route?.operation.contract
  if (audience !== undefined) call.principal = await served.authenticate(req.headers.authorization, audience)
  if (call.cancelled !== undefined) return

  const inputs = new Inputs(given, target)
  if (target.isBatch) await Promise.all(target.asked.map((_, index) => answerOne(served, exchange, { req, inputs, index })))
  else await answerOne(served, exchange, { req, inputs, index: 0 })
}

async function answerOne(
  served: Served,
  exchange: Exchange,
  { req, inputs, index }: { req: IncomingMessage; inputs: Inputs; index: number },
): Promise<void> {
  const { call, target } = exchange
  const route = target.asked[index]?.route
  if (route === undefined) return exchange.settle(index, { ok: false, error: unknownOperation })
  if (!isMethodOf(route, req.method)) return exchange.settle(index, { ok: false, error: wrongMethod })
  const answering = () => answerOperation(route, call, { source: inputs, index, logger: served.logger })
  // a plain call is in its context already
  exchange.settle(index, await (target.isBatch ? runInContext(exchange.contextOf(index), answering) : answering()))
}
