import { answerDocs, isInDocs } from './docs/answer-docs.ts'
import type { Docs } from './docs/shop-docs.ts'
import { answerRest } from './forward/answer-rest.ts'
import type { Incoming } from './forward/incoming.ts'
import type { CanonicalTarget } from './http/canonical-target.ts'
import type { AllowedOrigins } from './http/cors.ts'
import { FaultError } from './http/fault-error.ts'
import { reply } from './http/reply.ts'
import { answerTrpc, type TrpcFace } from './trpc/answer-trpc.ts'
import { trpcPrefix } from './trpc/named-calls.ts'

/** What stands behind the door. */
export interface Door extends TrpcFace {
  readonly origins: AllowedOrigins
  readonly openApi: Buffer
  readonly docs: Docs
}

const openApiPath = '/openapi.json'

/** Sends a request to the face it is for: typed clients', the document's, the reference's, or REST. Throws `FaultError` 404 or 405 where nothing answers. */
export async function routeRequest(door: Door, incoming: Incoming): Promise<void> {
  const { request, response, target, noted } = incoming
  const { method = 'GET' } = request
  if (target.path.startsWith(trpcPrefix)) return answerTrpc(incoming, door)
  if (target.path === openApiPath) {
    noted.route = openApiPath
    if (method !== 'GET' && method !== 'HEAD') throw wrongMethod(methodsAt(door, target))
    return reply(response, { status: 200, body: door.openApi })
  }
  if (isInDocs(target.path)) {
    if (method !== 'GET' && method !== 'HEAD') throw wrongMethod(methodsAt(door, target))
    return answerDocs(incoming, door.docs, door.rules)
  }
  const match = door.routes.match(method, target)
  if (match.kind === 'wrong-method') throw wrongMethod(match.allow)
  if (match.kind === 'not-found') throw nothingThere()
  noted.route = match.route.operation.rest?.path ?? match.route.operation.address
  return answerRest(incoming, match, door)
}

/** Gives the methods answered at an address. Throws `FaultError` 404 where there are none. */
export function methodsAt({ routes }: Door, target: CanonicalTarget): string {
  if (target.path.startsWith(trpcPrefix)) return 'GET, POST'
  const methods = target.path === openApiPath || isInDocs(target.path) ? 'GET, HEAD' : routes.methodsAt(target)
  if (methods === '') throw nothingThere()
  return methods
}

function wrongMethod(allow: string): FaultError {
  return new FaultError({ status: 405, code: 'method_not_supported', detail: `this address answers ${allow} only`, allow })
}

function nothingThere(): FaultError {
  return new FaultError({
    status: 404,
    code: 'not_found',
    detail: 'nothing answers at this address: /openapi.json lists those there are, /docs shows them',
  })
}
