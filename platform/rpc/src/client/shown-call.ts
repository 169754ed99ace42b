import { httpStatusOf, statusCodes, type StatusCode } from '@ashlar/contract'
import { contextHeaders, currentContext, formatTraceparent, newTrace, type StartedSpan, type TraceContext } from '@observability/telemetry'
import { CallFailedError } from '../wire/call-failed.ts'
import type { Outgoing, Reply } from './outgoing.ts'

/** One logical call as telemetry shows it, from its first attempt to the answer. */
export class ShownCall {
  readonly #shown: Outgoing['shown']
  readonly #span: StartedSpan | undefined
  readonly #startedAt = performance.now()
  /** What travels along, so that the callee's part hangs below this call's span. */
  readonly headers: Readonly<Record<string, string>>

  constructor({ shown }: Outgoing) {
    const parent = currentContext()?.trace
    this.#shown = shown
    this.#span = shown?.telemetry.tracing.start(shown.operation, {
      kind: 'client',
      parent,
      attributes: { 'rpc.system.name': 'trpc', 'rpc.method': shown.operation },
    })
    this.headers = headersFor(this.#span?.trace ?? parent ?? newTrace())
  }

  answered({ status, instance: { host, port } }: Pick<Reply, 'status' | 'instance'>, attempts: number): void {
    const code = codeOf(status)
    if (this.#span?.isRecording === true)
      this.#span.set({ 'server.address': host, 'server.port': port, 'rpc.response.status_code': code, ...retried(attempts) })
    this.#end(code, code === 'OK' ? undefined : { error: code })
  }

  failed(cause: unknown, attempts: number): void {
    const { reason, outcome } = cause instanceof CallFailedError ? cause : { reason: 'unexpected', outcome: 'unknown' }
    if (this.#span?.isRecording === true) this.#span.set({ 'call.outcome': outcome, ...retried(attempts) })
    this.#end(codeOfFailure(reason), { error: reason })
  }

  #end(code: string, failure: { readonly error: string } | undefined): void {
    if (this.#span === undefined || this.#shown === undefined) return
    this.#span.end(failure)
    const { operation, telemetry } = this.#shown
    const labels = { rpc_method: operation, rpc_response_status_code: code }
    telemetry.metrics.observe('rpc_client_call_duration_seconds', labels, (performance.now() - this.#startedAt) / 1_000, this.#span.trace)
  }
}

function retried(attempts: number): { 'rpc.attempts'?: number } {
  return attempts > 1 ? { 'rpc.attempts': attempts } : {}
}

function headersFor(trace: TraceContext): Record<string, string> {
  const headers: Record<string, string> = { [contextHeaders.traceparent]: formatTraceparent(trace) }
  if (trace.state !== undefined) headers[contextHeaders.tracestate] = trace.state
  return headers
}

// 400 stands for two: the one named first is what services of ours say
const codes: ReadonlyMap<number, StatusCode> = new Map(
  (Object.keys(statusCodes) as StatusCode[]).toReversed().map((code) => [httpStatusOf(code), code]),
)

/** Says a reply's status as the code it stands for: the envelope need not be read for it. */
function codeOf(status: number): StatusCode | 'OK' {
  return status < 300 ? 'OK' : (codes.get(status) ?? 'INTERNAL_SERVER_ERROR')
}

/** A call that brought no answer is counted as what its caller has to tell of it. */
function codeOfFailure(reason: string): StatusCode {
  if (reason === 'deadline_exceeded') return 'GATEWAY_TIMEOUT'
  return reason === 'aborted' ? 'CLIENT_CLOSED_REQUEST' : 'SERVICE_UNAVAILABLE'
}
