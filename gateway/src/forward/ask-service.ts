import { hasKey, type AnyBoundOperation } from '@ashlar/contract'
import type { Reply, Transport } from '@ashlar/rpc'
import type { Identity, Principal } from '@ashlar/security'
import { contextHeaders, currentContext, type Telemetry } from '@observability/telemetry'
import { faultOfCall } from './fault-of-call.ts'
import { readReply, type ServiceAnswer } from './read-reply.ts'

/** What one call to a service needs besides its input. */
export interface Asking {
  readonly transport: Transport
  readonly identity: Identity
  readonly telemetry: Telemetry
}

export interface Question {
  readonly operation: AnyBoundOperation
  readonly principal: Principal
  /** The input as JSON text; nothing where none was given. */
  readonly input: string | undefined
  readonly idempotencyKey: string | undefined
  readonly signal: AbortSignal
}

const defaultTimeoutMs = 5_000

/**
 * Asks a healthy instance of the operation's service, as the customer, with a short token of our own. Nothing of the caller's
 * request goes along but what is named here. Throws `FaultError`: the service's own fault, or 502, 503 or 504 when none came.
 */
export async function askService(asking: Asking, question: Question): Promise<ServiceAnswer> {
  return readReply(question.operation, await send(asking, question))
}

async function send({ transport, identity, telemetry }: Asking, question: Question): Promise<Reply> {
  const { operation, principal } = question
  const headers = headersOf(question)
  // also for nobody known: a service answers those we vouch for, and we count them
  headers[contextHeaders.authorization] = `Bearer ${await identity.tokenFor(operation.contract, principal)}`
  try {
    return await transport.send({
      service: operation.contract,
      contractId: `${operation.contract}.v${operation.version}`,
      path: `/rpc/${operation.address}`,
      method: 'POST',
      headers,
      body: question.input,
      timeoutMs: operation.hints.timeoutMs ?? defaultTimeoutMs,
      signal: question.signal,
      repeatable: operation.kind === 'query' || hasKey(operation.policy),
      shown: { operation: operation.address, telemetry },
    })
  } catch (cause) {
    throw faultOfCall(operation, cause)
  }
}

function headersOf({ idempotencyKey }: Question): Record<string, string> {
  const context = currentContext()
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (context !== undefined) headers[contextHeaders.requestId] = context.requestId
  if (idempotencyKey !== undefined) headers[contextHeaders.idempotencyKey] = idempotencyKey
  return headers
}
