import { hasKey } from '@ashlar/contract'
import type { Principal } from '@ashlar/security'
import { contextHeaders } from '@observability/telemetry'
import { FaultError } from '../http/fault-error.ts'
import { reply } from '../http/reply.ts'
import type { Found } from '../routes/compile-routes.ts'
import { successorAddress } from '../routes/successor-address.ts'
import { restInput } from '../routes/rest-input.ts'
import { answerStream, lastEventIdHeader, type StreamFace } from '../streams/answer-stream.ts'
import { plainForm } from '../streams/stream-form.ts'
import { admit, countedAs, type AdmissionRules } from './admit.ts'
import { askService } from './ask-service.ts'
import { callerOf } from './caller.ts'
import type { Incoming } from './incoming.ts'
import { textOf } from './request-context.ts'
import { tellDeprecated } from './tell-deprecated.ts'

/** Answers a REST request: admitted, gathered, asked, and the service's data sent on as it is. */
export async function answerRest(incoming: Incoming, match: Found, face: StreamFace & { rules: AdmissionRules }): Promise<void> {
  const { operation, status } = match.route
  const { request, response, target, signal } = incoming
  const { rules, asking } = face
  tellDeprecated(response, operation, successorAddress(match))
  const principal = await admit(callerOf(request, rules), operation, rules)
  if (operation.kind === 'subscription') return stream(incoming, match, { ...face, principal })
  const idempotencyKey = textOf(request.headers[contextHeaders.idempotencyKey])
  if (hasKey(operation.policy) && idempotencyKey === undefined) {
    const detail = 'send an Idempotency-Key header: under the same key a repeat does no more'
    throw new FaultError({ status: 400, code: 'idempotency_key_required', detail })
  }
  const input = JSON.stringify(await restInput(request, target, match))
  const { data } = await askService(asking, { operation, principal, input, idempotencyKey, signal })
  reply(response, { status, body: data })
}

async function stream(incoming: Incoming, match: Found, face: StreamFace & { rules: AdmissionRules; principal: Principal }): Promise<void> {
  const { request, response, target } = incoming
  const { operation } = match.route
  const { principal, rules } = face
  const input = JSON.stringify(await restInput(request, target, match))
  // the head says what the stream would have said, and opens none
  if (request.method === 'HEAD')
    return void response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).end()
  const lastEventId = textOf(request.headers[lastEventIdHeader])
  const holder = countedAs(principal, callerOf(request, rules))
  const outcome = await answerStream(incoming, { operation, principal, holder, input, lastEventId, form: plainForm }, face)
  // a browser that is told so does not come back
  if (outcome === 'spent') reply(response, { status: 204 })
}
