import { hasKey, type AnyBoundOperation } from '@ashlar/contract'
import { sharedKeyMessage } from '@ashlar/rpc'
import { contextHeaders } from '@observability/telemetry'
import { admit, type AdmissionRules } from '../forward/admit.ts'
import { callerOf, type Caller } from '../forward/caller.ts'
import type { Incoming } from '../forward/incoming.ts'
import { askService } from '../forward/ask-service.ts'
import { textOf } from '../forward/request-context.ts'
import { tellDeprecated } from '../forward/tell-deprecated.ts'
import type { Fault } from '../http/fault.ts'
import { FaultError } from '../http/fault-error.ts'
import { reply, setFaultHeaders } from '../http/reply.ts'
import type { Routes } from '../routes/compile-routes.ts'
import { successorName } from '../routes/successor-address.ts'
import type { StreamFace } from '../streams/answer-stream.ts'
import { answerTrpcStream } from './answer-trpc-stream.ts'
import { namesIn, operationAt, requireMethod, subscriptionIn, type Named } from './named-calls.ts'
import { inputsOf } from './trpc-inputs.ts'
import { wireAnswer, wireFault, type WireReply } from './wire-reply.ts'

export interface TrpcFace extends StreamFace {
  readonly routes: Routes
  readonly rules: AdmissionRules
}

/**
 * Answers typed clients at `/trpc/<contract>.<operation>`: one call, or a plain batch that may span services. Each part is
 * admitted and fails on its own, answers keep the order of the questions, and the body is read once somebody is admitted. A
 * subscription is asked for alone, and answered by an event stream.
 */
export async function answerTrpc(incoming: Incoming, face: TrpcFace): Promise<void> {
  const whole = await settle(() => answerCalls(incoming, face))
  if ('fault' in whole) send(incoming, whole.fault, undefined)
}

async function answerCalls(incoming: Incoming, face: TrpcFace): Promise<void> {
  const calls = namesIn(incoming.target)
  const followed = subscriptionIn(face.routes, calls)
  if (followed !== undefined) return answerTrpcStream(incoming, face, followed)
  const caller = callerOf(incoming.request, face.rules)
  const admitted = await Promise.all(calls.names.map((name) => settle(() => admitOne(incoming, face, { name, caller }))))
  const operations = admitted.flatMap((one) => ('fault' in one ? [] : [one.value.operation]))
  refuseSharedKey(incoming, operations)
  const inputs = operations.length === 0 ? [] : await inputsOf(incoming, calls, operations)

  const settled = await Promise.all(
    admitted.map(async (one, at) => ('fault' in one ? one : settle(() => askOne(incoming, face, { ...one.value, input: inputs[at] })))),
  )
  const [only] = settled
  if (!calls.isBatch && only !== undefined && 'fault' in only) return send(incoming, only.fault, calls.names[0])
  const replies = settled.map((one, at) => ('fault' in one ? wireFault(one.fault, calls.names[at]) : one.value))
  const [first] = replies
  if (first !== undefined) reply(incoming.response, calls.isBatch ? batchOf(replies) : first)
}

function send({ response, noted }: Incoming, fault: Fault, path: string | undefined): void {
  noted.code = fault.code
  setFaultHeaders(response, fault)
  reply(response, wireFault(fault, path))
}

type Admitted = Named & { readonly principal: Awaited<ReturnType<typeof admit>> }

/** One key stands for one operation: under it, the second of a batch would be answered with what the first was told. */
function refuseSharedKey({ request }: Incoming, operations: readonly AnyBoundOperation[]): void {
  if (request.headers[contextHeaders.idempotencyKey] === undefined) return
  if (operations.filter(({ policy }) => hasKey(policy)).length > 1)
    throw new FaultError({ status: 400, code: 'idempotency_key_invalid', detail: sharedKeyMessage })
}

async function admitOne(
  { request, response, noted }: Incoming,
  { routes, rules }: TrpcFace,
  { name, caller }: { name: string; caller: Caller },
): Promise<Admitted> {
  const operation = operationAt(routes, name)
  noted.route += noted.route === '' ? `/trpc/${operation.address}` : `,${operation.address}`
  tellDeprecated(response, operation, successorName(operation))
  requireMethod(request.method, operation)
  return { operation, principal: await admit(caller, operation, rules) }
}

async function askOne(
  { request, signal }: Incoming,
  { asking }: TrpcFace,
  { operation, principal, input }: Admitted & { input: unknown },
): Promise<WireReply> {
  const idempotencyKey = textOf(request.headers[contextHeaders.idempotencyKey])
  return wireAnswer(await askService(asking, { operation, principal, input: JSON.stringify(input), idempotencyKey, signal }))
}

function batchOf(replies: readonly WireReply[]): WireReply {
  const [{ status } = { status: 200 }] = replies
  const isMixed = replies.some((one) => one.status !== status)
  const parts = replies.flatMap(({ body }, at) => [Buffer.from(at === 0 ? '[' : ','), body])
  return { status: isMixed ? 207 : status, body: Buffer.concat([...parts, Buffer.from(']')]) }
}

async function settle<Value>(work: () => Promise<Value>): Promise<{ value: Value } | { fault: Fault }> {
  try {
    return { value: await work() }
  } catch (error) {
    if (error instanceof FaultError) return { fault: error.fault }
    throw error
  }
}
