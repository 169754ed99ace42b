import { randomUUID } from 'node:crypto'
import type { AnyBoundOperation } from '@ashlar/contract'
import { remainingMs } from '@ashlar/resilience'
import { contextHeaders, currentContext, type CallContext, type Telemetry } from '@observability/telemetry'
import { CallFailedError, CallInsideTransactionError } from '../wire/call-failed.ts'
import { readEnvelope, type WireReply } from './read-envelope.ts'
import type { Transport } from './transport.ts'

/** How calls leave a process. */
export interface Calling {
  readonly transport: Transport
  /** Gives the token that says who asks, for one audience: the name of the contract that is called. */
  readonly authorize?: (audience: string) => Promise<string>
  /** Whether a call inside an open transaction is refused; true unless said. */
  readonly development?: boolean
  /** Of whoever calls. */
  readonly telemetry?: Telemetry
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
  /** Milliseconds this call may take; never more than the caller's own deadline leaves. */
  readonly deadlineMs?: number | undefined
  readonly idempotencyKey?: string | undefined
}

const defaultTimeoutMs = 5_000

/** Calls one operation over the wire. Throws `CallFailedError` when no envelope came back, `CallInsideTransactionError` in an open transaction. */
export async function callOperation(
  calling: Calling,
  operation: AnyBoundOperation,
  request: { input: unknown; options: CallOptions },
): Promise<WireReply> {
  const { input, options } = request
  const context = currentContext()
  if (context?.transactionOpen === true && calling.development !== false) throw new CallInsideTransactionError(operation.address)

  const headers = headersOf(context, options)
  // nothing to wait for where nobody says who asks
  if (calling.authorize !== undefined) headers[contextHeaders.authorization] = `Bearer ${await tokenFor(calling.authorize, operation)}`
  const reply = await calling.transport.send({
    service: operation.contract,
    contractId: `${operation.contract}.v${operation.version}`,
    path: `/rpc/${operation.address}`,
    method: 'POST',
    headers,
    body: input === undefined ? undefined : JSON.stringify(input),
    timeoutMs: timeoutMsOf(operation, options, context),
    signal: options.signal,
    repeatable: operation.kind === 'query',
    shown: calling.telemetry && { operation: operation.address, telemetry: calling.telemetry },
  })
  return readEnvelope(operation, reply)
}

function timeoutMsOf({ hints }: AnyBoundOperation, { deadlineMs }: CallOptions, context: CallContext | undefined): number {
  const asked = Math.min(deadlineMs ?? Infinity, hints.timeoutMs ?? Infinity)
  return Math.min(asked === Infinity ? defaultTimeoutMs : asked, remainingMs(context) ?? Infinity)
}

function headersOf(context: CallContext | undefined, options: CallOptions): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    [contextHeaders.requestId]: context?.requestId ?? randomUUID(),
  }
  if (options.idempotencyKey !== undefined) headers[contextHeaders.idempotencyKey] = options.idempotencyKey
  return headers
}

async function tokenFor(authorize: (audience: string) => Promise<string>, { contract, address }: AnyBoundOperation): Promise<string> {
  try {
    return await authorize(contract)
  } catch (cause) {
    throw new CallFailedError(address, { outcome: 'not-sent', reason: 'no_credentials', cause })
  }
}
