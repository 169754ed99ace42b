import { setTimeout as pause } from 'node:timers/promises'
import type { AnyBoundOperation } from '@ashlar/contract'
import { CallFailedError, type StreamReply } from '@ashlar/rpc'
import type { Principal } from '@ashlar/security'
import { contextHeaders, currentContext } from '@observability/telemetry'
import type { Asking } from '../forward/ask-service.ts'
import { faultAnswered } from '../forward/fault-answered.ts'
import { faultOfCall } from '../forward/fault-of-call.ts'
import { FaultError } from '../http/fault-error.ts'
import { readEvents } from './read-events.ts'

export interface Following {
  readonly operation: AnyBoundOperation
  readonly principal: Principal
  /** The input as JSON text. */
  readonly input: string | undefined
  /** The last id the caller has seen, as it says. */
  readonly lastEventId: string | undefined
  /** Aborted when the caller goes away, or nobody follows for another reason. */
  readonly signal: AbortSignal
}

const defaultTimeoutMs = 5_000
const againAfterMs = 200
const idForm = /^[\x21-\x7e]{1,200}$/

/**
 * Asks a healthy instance for a stream, as the customer; `undefined` where it says that there is nothing more for one who has seen
 * this much. Throws `FaultError`: the service's own fault, or 503 or 504 when none came.
 */
export async function followService(
  { transport, identity, telemetry }: Asking,
  following: Following,
): Promise<StreamReply['body'] | undefined> {
  const { operation, principal, signal } = following
  const headers = headersOf(following)
  headers[contextHeaders.authorization] = `Bearer ${await identity.tokenFor(operation.contract, principal)}`
  const endsAt = performance.now() + (operation.hints.timeoutMs ?? defaultTimeoutMs)
  const open = () =>
    transport.open({
      service: operation.contract,
      contractId: `${operation.contract}.v${operation.version}`,
      path: `/rpc/${operation.address}`,
      // asked by POST, a refusal has its status
      method: 'POST',
      headers,
      body: following.input,
      timeoutMs: Math.max(1, Math.round(endsAt - performance.now())),
      signal,
      repeatable: true,
      shown: { operation: operation.address, telemetry },
    })
  const reply = await (following.lastEventId === undefined ? open() : patiently(open, endsAt, signal)).catch((cause: unknown) => {
    throw faultOfCall(operation, cause)
  })
  if (reply.status === 200) return reply.body
  if (reply.status !== 204) throw new FaultError(faultAnswered(operation, await errorIn(reply)))
  reply.body.resume()
  return undefined
}

/**
 * Opens again and again while nobody is there. Whoever resumes has most likely just lost its instance, and a browser that is refused
 * does not come back.
 */
async function patiently(open: () => Promise<StreamReply>, endsAt: number, signal: AbortSignal): Promise<StreamReply> {
  for (;;) {
    try {
      return await open()
    } catch (cause) {
      if (signal.aborted || !(cause instanceof CallFailedError) || performance.now() + againAfterMs >= endsAt) throw cause
      await pause(againAfterMs, undefined, { signal })
    }
  }
}

function headersOf({ lastEventId }: Following): Record<string, string> {
  const context = currentContext()
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (context !== undefined) headers[contextHeaders.requestId] = context.requestId
  if (lastEventId === undefined) return headers
  if (!idForm.test(lastEventId)) {
    const issues = [{ path: ['lastEventId'], message: 'must be the id of an item as it was given' }]
    throw new FaultError({ status: 400, code: 'invalid_input', detail: 'Last-Event-ID is none that was given here', issues })
  }
  return { ...headers, 'last-event-id': lastEventId }
}

/** A refusal is one event, or where the request was refused as a whole a plain envelope; `undefined` for anything else. */
async function errorIn({ headers, body }: StreamReply): Promise<unknown> {
  try {
    if (headers['content-type']?.startsWith('text/event-stream') !== true)
      return (JSON.parse(Buffer.concat(await body.toArray()).toString()) as { error?: unknown }).error
    for await (const { type, data } of readEvents(body)) if (type === 'serialized-error') return JSON.parse(data)
  } catch {
    // cut off, or no service of ours: what it said is no use to the caller
  }
  return undefined
}
