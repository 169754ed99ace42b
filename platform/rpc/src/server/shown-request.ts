import type { StatusCode } from '@ashlar/contract'
import type { Principal } from '@ashlar/security'
import type { CallContext, SpanOptions, StartedSpan, Telemetry, Tracing } from '@observability/telemetry'
import type { StartSpan } from './incoming-context.ts'
import type { Implementation } from './implementation.ts'
import type { Asked, Target } from './routes.ts'

// a name that no contract has is the caller's own: it goes into no span and no series
const unknown = '_OTHER'
/** The wires a call may come by, as traces name them. */
export type WireName = 'trpc' | 'grpc' | 'connectrpc'

/** Gives what starts the span of a request: that of the call itself, or of a batch that of the HTTP request around its calls. */
export function spanOf(
  target: Target | undefined,
  implementations: readonly Implementation[],
  wire: WireName = 'trpc',
): StartSpan | undefined {
  const named = target?.asked.find(({ route }) => route !== undefined)
  const telemetry = named?.route?.telemetry ?? implementations[0]?.telemetry
  if (telemetry === undefined) return undefined
  if (target?.isBatch !== true) return (caller) => startCall(telemetry.tracing, target?.asked[0], { kind: 'server', parent: caller, wire })
  const route = `/rpc/${named?.route?.operation.contract ?? unknown}/{batch}`
  const attributes = { 'http.request.method': 'POST', 'http.route': route, 'rpc.batch.size': target.asked.length }
  return (caller) => telemetry.tracing.start(`POST ${route}`, { kind: 'server', parent: caller, attributes })
}

/** Gives the context of each call of a request: its own within a batch, the request's where there is one call only. */
export function contextsOf({ asked, isBatch }: Target, whole: CallContext): readonly CallContext[] {
  const { span: around } = whole
  if (!isBatch || around === undefined) return asked.map(() => whole)
  return asked.map((one) => {
    const span = startCall(around.tracing, one, { kind: 'internal', parent: whole.trace, wire: 'trpc' })
    return { ...whole, trace: span.trace, span }
  })
}

function startCall(tracing: Tracing, asked: Asked | undefined, { wire, ...options }: SpanOptions & { wire: WireName }): StartedSpan {
  const method = asked?.route?.operation.address ?? unknown
  return tracing.start(method === unknown ? wire : method, {
    ...options,
    attributes: { 'rpc.system.name': wire, 'rpc.method': method },
  })
}

/** Ends the span around the calls of a batch. */
export function endRequest({ span }: CallContext, status: number): void {
  span?.set({ 'http.response.status_code': status })
  span?.end(status >= 500 ? { error: String(status) } : undefined)
}

export interface Ended {
  readonly operation: string | undefined
  readonly code: StatusCode | 'OK'
  readonly reason: string | undefined
  readonly principal: Principal
  readonly durationMs: number
}

/** Ends the span of a call and counts it. Refusals are answers; a fault of ours is an error. */
export function showEnd(telemetry: Telemetry | undefined, { trace, span }: CallContext, ended: Ended): void {
  const { operation = unknown, code, reason, durationMs } = ended
  const caller = callerOf(ended.principal)
  if (span?.isRecording === true)
    span.set({ 'rpc.response.status_code': code, 'rpc.caller': caller, ...(reason === undefined ? {} : { 'call.reason': reason }) })
  span?.end(faults.has(code) ? { error: code } : undefined)
  const labels = { rpc_method: operation, rpc_response_status_code: code, caller }
  telemetry?.metrics.observe('rpc_server_call_duration_seconds', labels, durationMs / 1_000, trace)
}

const faults: ReadonlySet<string> = new Set<StatusCode | 'NOT_IMPLEMENTED'>([
  'INTERNAL_SERVER_ERROR',
  'NOT_IMPLEMENTED',
  'TIMEOUT',
  'BAD_GATEWAY',
  'SERVICE_UNAVAILABLE',
  'GATEWAY_TIMEOUT',
])

/** Names a caller as far as names are few: a service by its own, everybody else by what they are. */
export function callerOf(principal: Principal): string {
  return principal.kind === 'service' ? principal.name : principal.kind
}
