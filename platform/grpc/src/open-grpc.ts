import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import { universalRequestFromNodeRequest, universalResponseToNodeResponse } from '@connectrpc/connect-node'
import type { OpenFace } from '@ashlar/rpc'
import { openH2cDoor } from './h2c-door.ts'
import { serviceRoutes, type Served } from './service-routes.ts'

type Request = IncomingMessage | Http2ServerRequest
type Response = ServerResponse | Http2ServerResponse

/** Opens gRPC for one contract: its door, and what its ordinary door answers. Throws what listening throws, and `TypeError` when the protobuf lacks what the contract has. */
export async function openGrpc(served: Served, { host, port }: { host: string; port: number }): Promise<OpenFace> {
  const answer = answererOf(served)
  const door = await openH2cDoor({ host, port }, (request, response) => {
    // as gRPC itself says it, whatever the path
    if (!answer(request, response)) response.writeHead(200, { 'content-type': 'application/grpc', 'grpc-status': '12' }).end()
  })
  return { port: door.port, answer, close: (graceMs) => door.close(graceMs) }
}

/** Answers what is under the path of the contract's protobuf service; `false`, untouched, for any other. */
function answererOf(served: Served): (request: Request, response: Response) => boolean {
  const { handlers } = serviceRoutes(served)
  const byPath = new Map(handlers.map((handler) => [handler.requestPath, handler]))
  return (request, response) => {
    const handler = byPath.get((request.url ?? '').split('?', 1)[0] ?? '')
    if (handler === undefined) return false
    handler(universalRequestFromNodeRequest(request, response, undefined, undefined))
      .then((answer) => universalResponseToNodeResponse(answer, response))
      .catch((err: unknown) => {
        served.listening.logger.info({ err, operation: handler.requestPath }, 'an answer could not be sent')
        response.destroy()
      })
    return true
  }
}
