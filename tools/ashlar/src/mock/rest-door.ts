import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { httpStatusOf, RequestRefusedError, type AnyBoundOperation, type AnyContract } from '@ashlar/contract'
import type { Invoke } from '@ashlar/rpc'
import { problemOf, type ProblemParts } from '@ashlar/service'
import { mockErrorHeader } from './mock-error-header.ts'
import { restInput } from './rest-input.ts'
import { restRoutes, type RestMatch } from './rest-routes.ts'

type Reply =
  | { readonly kind: 'answer'; readonly status: number; readonly value: unknown }
  | { readonly kind: 'problem'; readonly problem: ProblemParts }

const unkept = { 'cache-control': 'no-store' }

/**
 * Makes what answers a contract's REST routes as the gateway does: the answer by itself, or a problem document. Every origin may read
 * it, so that a web page can be tried against it. Says `false`, and does nothing, for an address without a route.
 */
export function restDoor(
  contract: AnyContract,
  invokeFor: (request: IncomingMessage, operation: AnyBoundOperation) => Invoke | undefined,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const routes = restRoutes(contract)
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://mock')
    const found = foundAt(pathname, (path) => routes.find(request.method ?? 'GET', path))
    if (found === undefined || found.allow.length === 0) return false
    response.setHeader('access-control-allow-origin', '*')
    const { match, allow } = found
    if (request.method === 'OPTIONS') {
      response.setHeader('access-control-allow-methods', allow.join(', '))
      response.setHeader('access-control-allow-headers', `authorization, content-type, idempotency-key, ${mockErrorHeader}`)
      response.writeHead(204).end()
    } else if (match === undefined) {
      response.setHeader('allow', allow.join(', '))
      const problem = { status: 405, code: 'method_not_supported', detail: `this address answers ${allow.join(', ')} only` }
      send(response, { kind: 'problem', problem })
    } else {
      const invoke = invokeFor(request, match.operation)
      void replyOf(request, searchParams, { match, invoke }).then(
        (reply) => send(response, reply),
        (error: unknown) => send(response, { kind: 'problem', problem: problemIn(error) }),
      )
    }
    return true
  }
}

function foundAt<Found>(path: string, find: (path: string) => Found): Found | undefined {
  try {
    return find(path)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

/** Throws `RequestRefusedError`. */
async function replyOf(
  request: IncomingMessage,
  query: URLSearchParams,
  { match, invoke }: { match: RestMatch; invoke: Invoke | undefined },
): Promise<Reply> {
  const { operation, rest } = match
  if (invoke === undefined) throw new TypeError(`nobody answers ${operation.address}`)
  const key = request.headers['idempotency-key']
  const answer = await invoke(await restInput(request, query, match), {
    principal: { kind: 'anonymous' },
    idempotencyKey: typeof key === 'string' ? key : undefined,
    signal: new AbortController().signal,
  })
  if (answer.ok) return { kind: 'answer', status: rest.status ?? 200, value: answer.value }
  const { code, data } = answer
  const status = httpStatusOf(operation.errors[code]?.status ?? 'INTERNAL_SERVER_ERROR')
  const detail = `${operation.address} was asked to answer ${code}`
  return { kind: 'problem', problem: { status, code, detail, ...(data === undefined ? {} : { data }) } }
}

function problemIn(error: unknown): ProblemParts {
  if (!(error instanceof RequestRefusedError)) return { status: 500, code: 'internal', detail: String(error) }
  const { status, reason, message, issues } = error
  return { status: httpStatusOf(status), code: reason, detail: message, ...(issues === undefined ? {} : { issues }) }
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply.kind === 'problem') {
    const body = JSON.stringify(problemOf(reply.problem, randomBytes(16).toString('hex')))
    response.writeHead(reply.problem.status, { ...unkept, 'content-type': 'application/problem+json' }).end(body)
  } else if (reply.status === 204) response.writeHead(204).end()
  else response.writeHead(reply.status, { ...unkept, 'content-type': 'application/json' }).end(JSON.stringify(reply.value))
}
