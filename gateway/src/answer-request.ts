import type { IncomingMessage, ServerResponse } from 'node:http'
import { contextHeaders, currentContext, runInContext, type CallContext, type Logger } from '@observability/telemetry'
import { answerRest, type RestRequest } from './forward/answer-rest.ts'
import { answerTrpc, type TrpcFace } from './forward/answer-trpc.ts'
import { contextOf } from './forward/request-context.ts'
import { readTarget, TargetRefusedError, type CanonicalTarget } from './http/canonical-target.ts'
import { allowOrigin, answerPreflight, type AllowedOrigins } from './http/cors.ts'
import { FaultError } from './http/fault-error.ts'
import type { Fault } from './http/problem.ts'
import { reply, replyProblem } from './http/reply.ts'
import { ambiguityOf } from './http/request-guard.ts'

export interface Door extends TrpcFace {
  readonly origins: AllowedOrigins
  readonly openApi: Buffer
  readonly logger: Logger
}

type Answer = (request: IncomingMessage, response: ServerResponse) => boolean

/** Makes the function that answers every request the door lets in, in its own context, with one log line each. */
export function answerRequest(door: Door): Answer {
  return (request, response) => {
    const context = contextOf(request)
    const began = performance.now()
    response.setHeader(contextHeaders.requestId, context.requestId)
    runInContext(context, () => {
      // a named route once matched, so that log lines do not carry ids
      const seen: Seen = { route: 'unmatched' }
      response.once('close', () => runInContext(context, () => logRequest(door.logger, { request, response, seen, began })))
      answerOrFail(door, { request, response, signal: signalOf(response) }, seen).catch((error: unknown) =>
        fail(door, { response, context, error }),
      )
    })
    return true
  }
}

interface Seen {
  route: string
  code?: string
}

async function answerOrFail(door: Door, incoming: Omit<RestRequest, 'target'>, seen: Seen): Promise<void> {
  const { request, response } = incoming
  try {
    const ambiguity = ambiguityOf(request)
    if (ambiguity !== undefined) throw new FaultError({ status: 400, code: 'ambiguous_request', detail: ambiguity })
    const target = readTarget(request.url ?? '')
    const isAllowed = allowOrigin(request, response, door.origins)
    if (request.method === 'OPTIONS') return preflight(door, { response, target, isAllowed })
    await route(door, { ...incoming, target }, seen)
  } catch (error) {
    const fault = faultOf(error)
    if (fault === undefined) throw error
    seen.code = fault.code
    replyProblem(response, fault, currentContext()?.trace.traceId ?? '')
  }
}

async function route(door: Door, incoming: RestRequest, seen: Seen): Promise<void> {
  const { request, response, target } = incoming
  if (target.path.startsWith('/trpc/')) {
    seen.route = 'trpc'
    return answerTrpc(incoming, door)
  }
  if (target.path === '/openapi.json' && request.method === 'GET') {
    seen.route = target.path
    return reply(response, 200, door.openApi)
  }
  const match = door.routes.match(request.method ?? 'GET', target)
  switch (match.kind) {
    case 'found':
      seen.route = match.route.operation.rest?.path ?? match.route.operation.address
      return answerRest(incoming, match, door)
    case 'wrong-method':
      throw new FaultError({ status: 405, code: 'method_not_supported', detail: `this address answers ${match.allow}`, allow: match.allow })
    case 'not-found':
      throw new FaultError({ status: 404, code: 'not_found', detail: 'nothing answers at this address' })
  }
}

function preflight(
  door: Door,
  { response, target, isAllowed }: { response: ServerResponse; target: CanonicalTarget; isAllowed: boolean },
): void {
  const methods = target.path.startsWith('/trpc/') ? 'GET, POST' : door.routes.methodsAt(target)
  if (isAllowed && methods !== '') answerPreflight(response, methods)
  else throw new FaultError({ status: 404, code: 'not_found', detail: 'this origin or address is not answered' })
}

function faultOf(error: unknown): Fault | undefined {
  if (error instanceof FaultError) return error.fault
  if (error instanceof TargetRefusedError) return { status: 400, code: 'bad_target', detail: error.message }
  return undefined
}

/** Something of ours broke: the caller learns the trace id and nothing else. */
function fail({ logger }: Door, { response, context, error }: { response: ServerResponse; context: CallContext; error: unknown }): void {
  logger.error({ err: error }, 'the gateway failed')
  replyProblem(
    response,
    { status: 500, code: 'internal', detail: 'something went wrong here; quote the trace id when you report it' },
    context.trace.traceId,
  )
}

function signalOf(response: ServerResponse): AbortSignal {
  const left = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) left.abort()
  })
  return left.signal
}

interface Finished {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly seen: Seen
  readonly began: number
}

function logRequest(logger: Logger, { request, response, seen, began }: Finished): void {
  const durationMs = Math.round((performance.now() - began) * 10) / 10
  const entry = {
    event: 'request',
    method: request.method,
    route: seen.route,
    status: response.statusCode,
    duration_ms: durationMs,
    code: seen.code,
  }
  if (response.statusCode >= 500) logger.warn(entry, 'request')
  else logger.info(entry, 'request')
}
