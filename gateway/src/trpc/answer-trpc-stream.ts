import type { AnyBoundOperation } from '@ashlar/contract'
import { admit, countedAs, type AdmissionRules } from '../forward/admit.ts'
import { callerOf } from '../forward/caller.ts'
import type { Incoming } from '../forward/incoming.ts'
import { textOf } from '../forward/request-context.ts'
import { tellDeprecated } from '../forward/tell-deprecated.ts'
import { FaultError } from '../http/fault-error.ts'
import { successorName } from '../routes/successor-address.ts'
import { answerStream, lastEventIdHeader, type StreamFace } from '../streams/answer-stream.ts'
import { trpcForm } from '../streams/stream-form.ts'
import { beginStream } from '../streams/write-stream.ts'
import { requireMethod } from './named-calls.ts'
import { inputsOf } from './trpc-inputs.ts'
import { currentContext } from '@observability/telemetry'

/**
 * Answers a typed client that follows something. A browser reads no body with an error's status: asked by GET, a refusal is an event
 * of the stream. Throws `FaultError` where it was asked by POST.
 */
export async function answerTrpcStream(
  incoming: Incoming,
  face: StreamFace & { rules: AdmissionRules },
  { name, operation }: { name: string; operation: AnyBoundOperation },
): Promise<void> {
  const { request, response, noted } = incoming
  const form = trpcForm(name)
  noted.route = `/trpc/${operation.address}`
  try {
    tellDeprecated(response, operation, successorName(operation))
    requireMethod(request.method, operation)
    const caller = callerOf(request, face.rules)
    const principal = await admit(caller, operation, face.rules)
    const [given] = await inputsOf(incoming, { names: [name], isBatch: false }, [operation])
    const { lastEventId, input } = resumedFrom(given, incoming)
    const holder = countedAs(principal, caller)
    const outcome = await answerStream(incoming, { operation, principal, holder, input, lastEventId, form }, face)
    if (outcome === 'streamed') return
    beginStream({ response, form, noted })
    response.end(form.end)
  } catch (error) {
    if (!(error instanceof FaultError) || request.method !== 'GET') throw error
    noted.code = error.fault.code
    beginStream({ response, form, noted })
    response.end(form.fault(error.fault, currentContext()?.trace.traceId ?? ''))
  }
}

/** The client says where it resumes by the header, in the address, or among the fields of its input. */
function resumedFrom(given: unknown, { request, target }: Incoming): { lastEventId: string | undefined; input: string | undefined } {
  const said = textOf(request.headers[lastEventIdHeader]) ?? target.query.get('lastEventId') ?? undefined
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return { lastEventId: said, input: JSON.stringify(given) }
  const { lastEventId, ...input } = given as { lastEventId?: unknown }
  return { lastEventId: said ?? (typeof lastEventId === 'string' ? lastEventId : undefined), input: JSON.stringify(input) }
}
