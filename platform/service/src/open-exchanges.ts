import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** What a server has in hand. */
export interface OpenExchanges {
  add(response: ServerResponse): void
  /** The answer to the last request that came on a connection, while it is not closed. */
  latestOn(socket: Duplex): ServerResponse | undefined
  /** Lets every connection end with the answer it waits for, and those that wait for none at once. */
  endConnections(): void
}

/** Keeps account of a server's connections, so that stopping waits for answers and not for connections kept alive. */
export function openExchanges(server: Server): OpenExchanges {
  const responses = new Set<ServerResponse>()
  const latest = new Map<Duplex, ServerResponse>()
  // Node does not count a connection as idle before its first request
  const unused = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  return {
    add(response) {
      const { socket } = response.req
      responses.add(response)
      latest.set(socket, response)
      unused.delete(socket)
      response.once('close', () => {
        responses.delete(response)
        if (latest.get(socket) === response) latest.delete(socket)
        // its head went out before anybody thought of stopping, and promised to keep the connection
        if (!server.listening) setImmediate(() => server.closeIdleConnections())
      })
    },
    latestOn: (socket) => latest.get(socket),
    endConnections() {
      for (const response of responses) if (!response.headersSent) response.setHeader('connection', 'close')
      for (const socket of unused) socket.destroy()
      server.closeIdleConnections()
    },
  }
}
