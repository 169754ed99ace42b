import { hasKey } from '@ashlar/contract'
import { contextHeaders } from '@observability/telemetry'
import { FaultError } from '../http/fault-error.ts'
import { reply } from '../http/reply.ts'
import type { Found } from '../routes/compile-routes.ts'
import { successorAddress } from '../routes/successor-address.ts'
import { restInput } from '../routes/rest-input.ts'
import { admit, type AdmissionRules } from './admit.ts'
import { askService, type Asking } from './ask-service.ts'
import { callerOf } from './caller.ts'
import type { Incoming } from './incoming.ts'
import { textOf } from './request-context.ts'
import { tellDeprecated } from './tell-deprecated.ts'

/** Answers a REST request: admitted, gathered, asked, and the service's data sent on as it is. */
export async function answerRest(
  { request, response, target, signal }: Incoming,
  match: Found,
  { rules, asking }: { rules: AdmissionRules; asking: Asking },
): Promise<void> {
  const { operation, status } = match.route
  tellDeprecated(response, operation, successorAddress(match))
  const principal = await admit(callerOf(request, rules), operation, rules)
  const idempotencyKey = textOf(request.headers[contextHeaders.idempotencyKey])
  if (hasKey(operation.policy) && idempotencyKey === undefined) {
    const detail = 'send an Idempotency-Key header: under the same key a repeat does no more'
    throw new FaultError({ status: 400, code: 'idempotency_key_required', detail })
  }
  const input = JSON.stringify(await restInput(request, target, match))
  const { data } = await askService(asking, { operation, principal, input, idempotencyKey, signal })
  reply(response, { status, body: data })
}
