import type { IncomingMessage, ServerResponse } from 'node:http'
import { RequestRefusedError } from '@ashlar/contract'
import { requireAccess } from '@ashlar/security'
import { runInContext } from '@observability/telemetry'
import { answerOperation, outcomeOf, outcomeOfThrown, type Outcome } from './answer-operation.ts'
import { Call } from './call.ts'
import { Exchange } from './exchange.ts'
import { incomingContext, refuseTooShort, waitMsOf } from './incoming-context.ts'
import { BatchInputs, readInput } from './inputs.ts'
import { defaultMaxBodyBytes, type RpcListenerOptions } from './listener-options.ts'
import { measureStreams, OpenStreams } from './open-streams.ts'
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
  readonly stock: (req: IncomingMessage, res: ServerResponse) => void
}

/**
 * Serves contracts on the tRPC wire: `POST` or `GET /rpc/<contract>.v<n>/<operation>`, and plain batches (`a,b?batch=1`). Streamed
 * batches and subscriptions (server-sent events) are written by tRPC's own adapter, loaded with the first of them.
 * For each operation it is settled who asks and whether they may before the input is read. Every call runs in a
 * `CallContext` of its own; the caller's deadline (`x-deadline-ms`) ends it with 504. Throws `TypeError` at once when a
 * contract is served twice or an operation is not kept.
 */
export function createRpcListener(options: RpcListenerOptions): RpcListener {
  const open = new OpenStreams(options)
  measureStreams(options, open)
  const stock = stockFallback({ ...options, open })
  const served: Served = { ...options, targets: routesOf(options.implementations), stock }
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
    if (isSubscription(target)) return served.stock(req, res)
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

function isSubscription({ asked }: Target): boolean {
  return asked[0]?.route?.operation.kind === 'subscription'
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
  void (exchange.target.isBatch ? answerBatch(served, exchange, received) : answerPlain(served, exchange, received))
}

/** Answers one call: one function for all of it, since every further one that waits would cost each call its own state. Never rejects. */
async function answerPlain(served: Served, exchange: Exchange, { req, given }: Received): Promise<void> {
  const { target, call } = exchange
  const route = target.asked[0]?.route
  if (route === undefined) return exchange.settle(0, { ok: false, error: unknownOperation })
  try {
    call.principal = await served.authenticate(req.headers.authorization, route.operation.contract)
  } catch (cause) {
    return refuseAll(served, exchange, cause)
  }
  if (call.cancelled !== undefined) return
  if (!isMethodOf(route, req.method)) return exchange.settle(0, { ok: false, error: wrongMethod })
  let outcome: Outcome
  try {
    requireAccess(route.operation.policy.access, call.principal)
    outcome = outcomeOf(route, await route.invoke(readInput(given), call))
  } catch (cause) {
    outcome = outcomeOfThrown(route, call, { cause, logger: served.logger })
  }
  exchange.settle(0, outcome)
}

/** Answers several calls. Never rejects. */
async function answerBatch(served: Served, exchange: Exchange, { req, given }: Received): Promise<void> {
  try {
    const { target, call } = exchange
    const audience = target.asked.find(({ route }) => route !== undefined)?.route?.operation.contract
    if (audience !== undefined) call.principal = await served.authenticate(req.headers.authorization, audience)
    if (call.cancelled !== undefined) return
    const inputs = new BatchInputs(given)
    await Promise.all(target.asked.map((_, index) => answerOne(served, exchange, { req, inputs, index })))
  } catch (cause) {
    refuseAll(served, exchange, cause)
  }
}

function refuseAll({ logger }: Served, exchange: Exchange, cause: unknown): void {
  if (!(cause instanceof RequestRefusedError)) logger.error({ err: cause }, 'a request could not be answered')
  exchange.settleRest(wireErrorOf(cause))
}

async function answerOne(
  served: Served,
  exchange: Exchange,
  { req, inputs, index }: { req: IncomingMessage; inputs: BatchInputs; index: number },
): Promise<void> {
  const { call, target } = exchange
  const route = target.asked[index]?.route
  if (route === undefined) return exchange.settle(index, { ok: false, error: unknownOperation })
  if (!isMethodOf(route, req.method)) return exchange.settle(index, { ok: false, error: wrongMethod })
  const answering = () => answerOperation(route, call, { source: inputs, index, logger: served.logger })
  exchange.settle(index, await runInContext(exchange.contextOf(index), answering))
}
