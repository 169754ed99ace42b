import { initTRPC, tracked, TRPCError, type AnyTRPCRouter } from '@trpc/server'
import { runInContext, type Thrown } from '@observability/telemetry'
import { statusCodes, type AshlarErrorShape, type StatusCode, type Tracked } from '@ashlar/contract'
import { requireAccess, type Principal } from '@ashlar/security'
import { refuseUnfit } from '../wire/parse-input.ts'
import { errorShape, type WireError } from '../wire/wire-error.ts'
import type { ServerResponse } from 'node:http'
import { answerOperation, outcomeOfThrown, type Outcome } from './answer-operation.ts'
import type { Call } from './call.ts'
import type { Implementation } from './implementation.ts'
import type { RpcListenerOptions } from './listener-options.ts'
import { pingEveryMsOf, type OpenStreams } from './open-streams.ts'
import type { Route } from './routes.ts'
import { deprecationHeadersOf } from './tell-deprecated.ts'
import { tellSettled, type Part } from './tell-settled.ts'
import { abortedError, deadlineError, internalError, wireErrorOf } from './wire-error-of.ts'

/** What the stock adapter hands to each procedure of one request. */
export interface StockContext {
  readonly call: Call
  readonly res: ServerResponse
  /** What the request asks for and has not been answered yet. */
  readonly parts: Part[]
  readonly authenticated: () => Promise<Principal>
}

/** Carries an error of ours through tRPC's own error class to the formatter. */
class WireFailure extends Error {
  readonly error: WireError
  readonly thrown: Thrown | undefined
  readonly part: Part | undefined
  constructor(error: WireError, { thrown, part }: WhereFrom = {}) {
    super(error.reason)
    this.error = error
    this.thrown = thrown
    this.part = part
  }
}

interface WhereFrom {
  readonly thrown?: Thrown | undefined
  readonly part?: Part | undefined
}

/** Says which of the request's operations an error ended, where its handler was reached. */
export function partIn({ cause }: TRPCError): Part | undefined {
  return cause instanceof WireFailure ? cause.part : undefined
}

/** Takes the first operation of a name that nobody has answered. */
export function takePart(parts: Part[], name: string): Part | undefined {
  const index = parts.findIndex(({ asked }) => asked.name === name)
  return index === -1 ? undefined : parts.splice(index, 1)[0]
}

/** Says what was thrown by our own side, where that is what the error carries. */
export function thrownIn({ cause }: TRPCError): Thrown | undefined {
  return cause instanceof WireFailure ? cause.thrown : undefined
}

/** Says what the caller is told about an error, whether it is ours or the stock adapter's own. */
export function wireErrorOfTrpc(error: TRPCError): WireError {
  if (error.cause instanceof WireFailure) return error.cause.error
  const status = Object.hasOwn(statusCodes, error.code) ? (error.code as StatusCode) : 'INTERNAL_SERVER_ERROR'
  const reason = error.cause instanceof SyntaxError ? 'invalid_json' : adapterReasons[status]
  return reason === undefined ? internalError : { status, reason, message: `the request was refused: ${reason}` }
}

const adapterReasons: { readonly [Status in StatusCode]?: string } = {
  BAD_REQUEST: 'bad_request',
  NOT_FOUND: 'unknown_operation',
  METHOD_NOT_SUPPORTED: 'method_not_supported',
  PAYLOAD_TOO_LARGE: 'body_too_large',
  UNSUPPORTED_MEDIA_TYPE: 'unsupported_media_type',
}

/** What a router is built with. */
export interface StockOptions extends RpcListenerOptions {
  readonly open: OpenStreams
}

/** Builds the tRPC router of one contract from what keeps it, with the answers, refusals and errors of our own wire. */
export function stockRouter({ contract, invoke, telemetry }: Implementation, options: StockOptions): AnyTRPCRouter {
  const t = initTRPC.context<StockContext>().create({
    isDev: false,
    sse: { ping: { enabled: true, intervalMs: pingEveryMsOf(options) } },
    errorFormatter: ({ error, path }): AshlarErrorShape => errorShape(wireErrorOfTrpc(error), path),
  })
  const procedureOf = (route: Route) => {
    const guarded = t.procedure.use(async ({ ctx, next }) => {
      await allow(ctx, route)
      return next()
    })
    const answering = guarded.input((raw: unknown) => raw)
    const answer = async ({ ctx, input }: { ctx: StockContext; input: unknown }) => {
      const { call } = ctx
      const { name } = route.operation
      const part = takePart(ctx.parts, name) ?? { call, context: call.context, asked: { name, route } }
      const outcome = await runInContext(part.context, () => answered(route, call, { input, options }))
      if (!outcome.ok) throw trpcErrorOf(outcome.error, { thrown: outcome.thrown, part })
      tellSettled(options, part, { code: 'OK', reason: undefined })
      return outcome.value
    }
    switch (route.operation.kind) {
      case 'query':
        return answering.query(answer)
      case 'mutation':
        return answering.mutation(answer)
      case 'subscription':
        return answering.subscription(({ ctx, input }) => opened(route, ctx, { input, options }))
    }
  }
  const procedures = Object.entries(contract.operations).flatMap(([name, operation]) => {
    const keeper = invoke.get(name)
    return keeper === undefined
      ? []
      : [[name, procedureOf({ operation, invoke: keeper, telemetry, deprecation: deprecationHeadersOf(operation) })] as const]
  })
  return t.router(Object.fromEntries(procedures))
}

/** Opens a stream: until here it is a call like any other, with its deadline; what follows has none. */
async function opened(route: Route, ctx: StockContext, { input, options }: { input: unknown; options: StockOptions }) {
  const { call, res, parts } = ctx
  const { lastEventId, ...rest } = typeof input === 'object' && input !== null ? (input as { lastEventId?: unknown }) : {}
  call.lastEventId = typeof lastEventId === 'string' ? lastEventId : undefined
  const refused = options.open.refusal()
  if (refused !== undefined) throw trpcErrorOf(refused)
  const outcome = await runInContext(call.context, () => answered(route, call, { input: rest, options }))
  if (!outcome.ok) throw trpcErrorOf(outcome.error, { thrown: outcome.thrown })
  const part = takePart(parts, route.operation.name)
  if (part !== undefined) tellSettled(options, part, { code: 'OK', reason: undefined })
  const items = await options.open.begin(outcome.value as AsyncIterable<Tracked>, { route, call, res })
  return sent(items, { route, call, options })
}

async function* sent(items: AsyncIterable<Tracked>, { route, call, options }: { route: Route; call: Call; options: StockOptions }) {
  try {
    for await (const { id, data } of items) yield tracked(id, data)
  } catch (cause) {
    // ended without a word, so that the caller comes back
    if (call.cancelled !== undefined) throw call.signal.reason
    const outcome = outcomeOfThrown(route, call, { cause, logger: options.logger })
    throw outcome.ok ? cause : trpcErrorOf(outcome.error, { thrown: outcome.thrown })
  }
}

/** The stock adapter would read the input first; who may ask is settled before. */
async function allow({ call, authenticated }: StockContext, { operation }: Route): Promise<void> {
  try {
    call.principal = await authenticated()
    requireAccess(operation.policy.access, call.principal)
  } catch (cause) {
    throw trpcErrorOf(wireErrorOf(cause))
  }
}

function answered(route: Route, call: Call, { input, options }: { input: unknown; options: RpcListenerOptions }): Promise<Outcome> {
  const source = {
    at: () => {
      refuseUnfit(input)
      return input
    },
  }
  return new Promise((resolve) => {
    call.signal.addEventListener('abort', () => resolve({ ok: false, error: call.cancelled === 'aborted' ? abortedError : deadlineError }))
    void answerOperation(route, call, { source, index: 0, logger: options.logger }).then(resolve)
  })
}

function trpcErrorOf(error: WireError, from?: WhereFrom): TRPCError {
  return new TRPCError({ code: error.status, message: error.message, cause: new WireFailure(error, from) })
}
