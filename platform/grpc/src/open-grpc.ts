import { Readable } from 'node:stream'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import { createContextValues } from '@connectrpc/connect'
import { universalRequestFromNodeRequest, universalResponseToNodeResponse } from '@connectrpc/connect-node'
import type { OpenFace } from '@ashlar/rpc'
import { openH2cDoor } from './h2c-door.ts'
import { passage, serviceRoutes, type Passage, type Served, type ServiceRoutes } from './service-routes.ts'

type Request = IncomingMessage | Http2ServerRequest
type Handler = ServiceRoutes['handlers'][number]
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
  const routes = serviceRoutes(served)
  const { logger } = served.listening
  const byPath = new Map(routes.handlers.map((handler) => [handler.requestPath, handler]))
  // whatever is thrown on the way, by a library or by an address that is none, must not end the process
  const exchange = async (handler: Handler, request: Request, response: Response): Promise<void> => {
    const passed: Passage = { reached: false }
    response.once('close', () => {
      if (!passed.reached) void routes.tellUnread(handler.requestPath, request.headers)
    })
    try {
      const values = createContextValues().set(passage, passed)
      const answer = await handler(universalRequestFromNodeRequest(request, response, undefined, values))
      // by Connect the library calls bytes that are no message a fault of ours; by gRPC that is what they are called
      const isTheirs = !passed.reached && answer.status === 500
      await universalResponseToNodeResponse(isTheirs ? unreadable() : answer, response)
    } catch (err) {
      logger.info({ err, operation: handler.requestPath }, 'a request could not be answered')
      if (response.headersSent) response.destroy()
      else (response as ServerResponse).writeHead(400).end()
    }
  }
  return (request, response) => {
    const handler = byPath.get((request.url ?? '').split('?', 1)[0] ?? '')
    if (handler === undefined) return false
    void exchange(handler, request, response)
    return true
  }
}

function unreadable(): Awaited<ReturnType<Handler>> {
  const body = new TextEncoder().encode('{"code":"invalid_argument","message":"this is not the message that the operation takes"}')
  const header = new Headers({ 'content-type': 'application/json', 'content-length': String(body.length) })
  return { status: 400, header, body: Readable.from([body]) }
}
