import { httpStatusOf, jsonRpcCodeOf, statusCodes, type AnyBoundOperation, type AshlarErrorShape, type StatusCode } from '@ashlar/contract'
import { contextHeaders } from '@observability/telemetry'
import { FaultError } from '../http/fault-error.ts'
import type { Fault } from '../http/problem.ts'
import { parseJson, readJson } from '../http/read-body.ts'
import { reply, setFaultHeaders } from '../http/reply.ts'
import type { Routes } from '../routes/compile-routes.ts'
import { admit, type AdmissionRules } from './admit.ts'
import type { RestRequest } from './answer-rest.ts'
import { askService, type Asking, type WireReply } from './ask-service.ts'
import { textOf } from './request-context.ts'

const maxBatch = 20
const maxBodyBytes = 262_144

export interface TrpcFace {
  readonly routes: Routes
  readonly rules: AdmissionRules
  readonly asking: Asking
}

/** Answers typed clients at `/trpc/<contract>.<operation>`: one call, or a plain batch that may span services, each part admitted and failing on its own. */
export async function answerTrpc(incoming: RestRequest, face: TrpcFace): Promise<void> {
  const { response, target } = incoming
  const paths = decodeURIComponent(target.path.slice('/trpc/'.length)).split(',')
  const isBatch = target.query.get('batch') === '1'
  const settled = await settle(() => inputsOf(incoming, { paths, isBatch }))
  if ('fault' in settled) return send(response, wireError(settled.fault, undefined), settled.fault)

  const replies = await Promise.all(paths.map((path, at) => answerOne(incoming, face, { path, input: settled.value[at] })))
  const [only] = replies
  if (!isBatch && only !== undefined) return send(response, only.reply, only.fault)
  const statuses = new Set(replies.map(({ reply: { status } }) => status))
  const [status = 200] = statuses
  const body = Buffer.concat(
    replies.flatMap(({ reply: { body: part } }, at) => [Buffer.from(at === 0 ? '[' : ','), part]).concat(Buffer.from(']')),
  )
  send(response, { status: statuses.size === 1 ? status : 207, body }, undefined)
}

interface Part {
  readonly path: string
  readonly input: unknown
}

async function answerOne(incoming: RestRequest, face: TrpcFace, { path, input }: Part): Promise<{ reply: WireReply; fault?: Fault }> {
  const { request, signal } = incoming
  const answered = await settle(async () => {
    const operation = operationAt(face.routes, path)
    requireMethod(request.method, operation)
    const principal = await admit(request, operation, face.rules)
    const idempotencyKey = textOf(request.headers[contextHeaders.idempotencyKey])
    return askService(face.asking, { operation, principal, input: JSON.stringify(input) ?? 'null', idempotencyKey, signal })
  })
  return 'fault' in answered ? { reply: wireError(answered.fault, path), fault: answered.fault } : { reply: answered.value }
}

/** `orders.placeOrder` names the newest major, `orders_v1.placeOrder` an older one. */
function operationAt(routes: Routes, path: string): AnyBoundOperation {
  const [, contract = '', version, name = ''] = /^([a-z][a-z0-9-]*)(?:_v(\d+))?\.(\w+)$/i.exec(path) ?? []
  const contractId = version === undefined ? routes.newest(contract) : `${contract}.v${version}`
  const operation = contractId === undefined ? undefined : routes.operation(contractId, name)
  if (operation === undefined) throw new FaultError({ status: 404, code: 'unknown_operation', detail: `there is no operation ${path}` })
  return operation
}

function requireMethod(method: string | undefined, operation: AnyBoundOperation): void {
  if (method === 'POST' || (method === 'GET' && operation.kind === 'query')) return
  throw new FaultError({
    status: 405,
    code: 'method_not_supported',
    detail: `${operation.name} is a ${operation.kind}`,
    allow: operation.kind === 'query' ? 'GET, POST' : 'POST',
  })
}

async function inputsOf({ request, target }: RestRequest, { paths, isBatch }: { paths: string[]; isBatch: boolean }): Promise<unknown[]> {
  if (paths.length > (isBatch ? maxBatch : 1)) {
    throw new FaultError({ status: 400, code: 'batch_too_large', detail: `at most ${maxBatch} calls in a batch` })
  }
  const query = target.query.get('input')
  const given = request.method === 'GET' ? (query === null ? undefined : parseJson(query)) : await readJson(request, maxBodyBytes)
  if (!isBatch) return [given]
  const byIndex = (given ?? {}) as Record<string, unknown>
  return paths.map((_path, at) => byIndex[String(at)])
}

async function settle<Value>(work: () => Promise<Value>): Promise<{ value: Value } | { fault: Fault }> {
  try {
    return { value: await work() }
  } catch (error) {
    if (error instanceof FaultError) return { fault: error.fault }
    throw error
  }
}

function wireError(fault: Fault, path: string | undefined): WireReply {
  const code = codeFor(fault.status)
  const error: AshlarErrorShape = {
    message: fault.detail,
    code: jsonRpcCodeOf(code),
    data: {
      code,
      httpStatus: fault.status,
      ...(path === undefined ? {} : { path }),
      reason: fault.code,
      ...(fault.issues && { issues: fault.issues }),
    },
  }
  return { status: fault.status, body: Buffer.from(JSON.stringify({ error })) }
}

function codeFor(status: number): StatusCode {
  const codes = Object.keys(statusCodes) as StatusCode[]
  return codes.find((code) => httpStatusOf(code) === status) ?? 'INTERNAL_SERVER_ERROR'
}

function send(response: RestRequest['response'], { status, body }: WireReply, fault: Fault | undefined): void {
  if (fault !== undefined) setFaultHeaders(response, fault)
  reply(response, status, body)
}
