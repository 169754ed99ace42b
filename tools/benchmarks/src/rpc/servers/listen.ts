import { createServer, type IncomingMessage, type ServerOptions, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

// longer than a benchmark takes to come back to a server: no connection is made while it is measured
export const serverOptions = { keepAliveTimeout: 180_000, headersTimeout: 10_000, requestTimeout: 30_000 } satisfies ServerOptions

/** Listens on a free port, which it gives. */
export function listen(listener: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<number> {
  const server = createServer(serverOptions, (request, response) => void listener(request, response))
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}
