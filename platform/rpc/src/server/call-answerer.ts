import type { IncomingHttpHeaders } from 'node:http'
import { RequestRefusedError, type AnyBoundOperation } from '@ashlar/contract'
import { runInContext } from '@observability/telemetry'
import { refuseUnfit } from '../wire/parse-input.ts'
import { answerOperation, type Outcome } from './answer-operation.ts'
import { Call, type Cancellation } from './call.ts'
import { incomingContext, refuseTooShort, waitMsOf } from './incoming-context.ts'
import type { RpcListenerOptions } from './listener-options.ts'
import { routesOf, rpcPrefix, type Asked, type Route, type Target } from './routes.ts'
import { spanOf, type WireName } from './shown-request.ts'
import type { DeprecationHeaders } from './tell-deprecated.ts'
import { tellSettled } from './tell-settled.ts'
import { abortedError, deadlineError, wireErrorOf } from './wire-error-of.ts'

/** One call that came by another wire, as far as every wire has it. */
export interface ReceivedCall {
  readonly operation: AnyBoundOperation
  readonly wire: WireName
  readonly headers: IncomingHttpHeaders
  /** How long the caller still waits, in milliseconds, where its wire says so; else what the header says counts. The time is taken here. */
  readonly waitMs: number | undefined
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal
  /** Gives the raw input; called once the caller is known to be allowed to ask. */
  readonly input: () => unknown
}

/** How a call ended, and what its caller is told of an operation that will go. */
export interface AnsweredCall {
  readonly outcome: Outcome
  readonly deprecation: DeprecationHeaders | undefined
}

export type CallAnswerer = (received: ReceivedCall) => Promise<AnsweredCall>

/**
 * Makes what answers calls of other wires as the tRPC wire answers its own: a context and a span for each, who asks and whether
 * they may before the input is read, the deadline, the same refusals, metrics and lines. What it gives never throws, but for an
 * operation that is not served here (`TypeError`).
 */
export function callAnswerer(options: RpcListenerOptions): CallAnswerer {
  const targets = routesOf(options.implementations)
  return async (received) => {
    const target = targets.get(rpcPrefix + received.operation.address)
    const asked = target?.asked[0]
    if (target === undefined || asked?.route === undefined) throw new TypeError(`${received.operation.address} is not served here`)
    const outcome = await settled(options, received, { target, asked, route: asked.route })
    return { outcome, deprecation: target.deprecation }
  }
}

interface Found {
  readonly target: Target
  readonly asked: Asked
  readonly route: Route
}

function settled(options: RpcListenerOptions, received: ReceivedCall, { target, asked, route }: Found): Promise<Outcome> {
  const { headers, signal, wire } = received
  const { waitMs, refused } = readWait(received)
  const context = incomingContext(headers, waitMs, spanOf(target, options.implementations, wire))
  const call = new Call({ headers }, context, waitMs)
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  let isOver = false
  const settle = (outcome: Outcome): void => {
    if (isOver) return
    isOver = true
    call.end()
    const how = outcome.ok ? { code: 'OK' as const, reason: undefined } : { code: outcome.error.status, reason: outcome.error.reason }
    tellSettled(options, { call, context, asked }, { ...how, thrown: outcome.ok ? undefined : outcome.thrown })
    resolve(outcome)
  }
  call.waiting = { onCancelled: (why) => settle(nobodyWaits(why)) }
  const leave = (): void => call.cancel('aborted')
  if (signal.aborted) leave()
  else signal.addEventListener('abort', leave, { once: true })
  if (refused !== undefined) settle({ ok: false, error: wireErrorOf(refused) })
  else if (!isOver) void runInContext(context, () => answer(options, { received, call, route })).then(settle)
  return promise
}

async function answer(
  { authenticate, logger }: RpcListenerOptions,
  { received, call, route }: { received: ReceivedCall; call: Call; route: Route },
): Promise<Outcome> {
  try {
    call.principal = await authenticate(received.headers.authorization, route.operation.contract)
  } catch (cause) {
    if (!(cause instanceof RequestRefusedError)) logger.error({ err: cause }, 'a request could not be answered')
    return { ok: false, error: wireErrorOf(cause) }
  }
  if (call.cancelled !== undefined) return nobodyWaits(call.cancelled)
  const at = (): unknown => {
    const input = received.input()
    refuseUnfit(input)
    return input
  }
  return answerOperation(route, call, { source: { at }, index: 0, logger })
}

function nobodyWaits(why: Cancellation): Outcome {
  return { ok: false, error: why === 'aborted' ? abortedError : deadlineError }
}

function readWait({ headers, waitMs }: ReceivedCall): { waitMs?: number | undefined; refused?: unknown } {
  try {
    const wait = waitMs ?? waitMsOf(headers)
    refuseTooShort(wait)
    return { waitMs: wait }
  } catch (refused) {
    return { refused }
  }
}
