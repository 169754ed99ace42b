import { hasKey, type AnyBoundOperation, type AshlarErrorShape } from '@ashlar/contract'
import { CallFailedError, type Transport } from '@ashlar/rpc'
import type { Identity, Principal } from '@ashlar/security'
import { contextHeaders, currentContext, formatTraceparent } from '@observability/telemetry'
import { FaultError } from '../http/fault-error.ts'
import type { Fault } from '../http/problem.ts'

/** What one call to a service needs besides its input. */
export interface Asking {
  readonly transport: Transport
  readonly identity: Identity
}

export interface Question {
  readonly operation: AnyBoundOperation
  readonly principal: Principal
  /** The input as JSON text; it is passed on as it is. */
  readonly input: string | Buffer
  readonly idempotencyKey: string | undefined
  readonly signal: AbortSignal
}

/** A service's reply on the tRPC wire, untouched. */
export interface WireReply {
  readonly status: number
  readonly body: Buffer
}

const defaultTimeoutMs = 5_000

/** Asks a healthy instance of the operation's service, as the customer, with a short token of our own. Throws `FaultError` 503 or 504 when none answers. */
export async function askService({ transport, identity }: Asking, question: Question): Promise<WireReply> {
  const { operation, principal } = question
  const context = currentContext()
  const timeoutMs = operation.hints.timeoutMs ?? defaultTimeoutMs
  const headers: Record<string, string> = { 'content-type': 'application/json', [contextHeaders.deadline]: String(timeoutMs) }
  if (context !== undefined) {
    headers[contextHeaders.requestId] = context.requestId
    headers[contextHeaders.traceparent] = formatTraceparent(context.trace)
    if (context.trace.state !== undefined) headers[contextHeaders.tracestate] = context.trace.state
  }
  if (principal.kind !== 'anonymous')
    headers[contextHeaders.authorization] = `Bearer ${await identity.tokenFor(operation.contract, principal)}`
  if (question.idempotencyKey !== undefined) headers[contextHeaders.idempotencyKey] = question.idempotencyKey
  try {
    return await transport.send({
      service: operation.contract,
      contractId: `${operation.contract}.v${operation.version}`,
      path: `/rpc/${operation.address}`,
      method: 'POST',
      headers,
      body: question.input,
      timeoutMs,
      signal: question.signal,
      repeatable: operation.kind === 'query' || hasKey(operation.policy),
    })
  } catch (cause) {
    if (cause instanceof CallFailedError) throw new FaultError(faultOf(cause, operation), { cause })
    throw cause
  }
}

function faultOf(failure: CallFailedError, operation: AnyBoundOperation): Fault {
  if (failure.reason === 'deadline_exceeded') {
    return { status: 504, code: 'deadline_exceeded', detail: `${operation.contract} did not answer in time; whether it acted is not known` }
  }
  if (failure.outcome === 'not-sent') {
    return { status: 503, code: 'unavailable', detail: `no healthy instance of ${operation.contract} just now`, retryAfterSeconds: 2 }
  }
  return { status: 502, code: 'connection_lost', detail: `the connection to ${operation.contract} broke; whether it acted is not known` }
}

const okStart = Buffer.from('{"result":{"data":')
const okEnd = Buffer.from('}}')

/** Takes the data out of a good reply without parsing it; throws the service's error as a `FaultError`. */
export function dataOf({ status, body }: WireReply): Buffer {
  if (status === 200 && body.subarray(0, okStart.length).equals(okStart) && body.subarray(-okEnd.length).equals(okEnd)) {
    return body.subarray(okStart.length, -okEnd.length)
  }
  throw new FaultError(faultIn(status, body))
}

function faultIn(status: number, body: Buffer): Fault {
  const { data, message } = parsedError(body)
  return {
    status: data?.httpStatus ?? (status >= 400 ? status : 502),
    code: data?.reason ?? 'internal',
    detail: message,
    ...(data?.issues === undefined ? {} : { issues: data.issues }),
    ...(data?.details === undefined ? {} : { data: data.details }),
    ...(data?.httpStatus === 503 ? { retryAfterSeconds: 2 } : {}),
  }
}

function parsedError(body: Buffer): Partial<AshlarErrorShape> & { message: string } {
  try {
    const { error } = JSON.parse(body.toString('utf8')) as { error?: AshlarErrorShape }
    if (error !== undefined) return error
  } catch {
    // not an Ashlar service, or cut off: what it said is no use to the caller
  }
  return { message: 'the service answered something unreadable' }
}
