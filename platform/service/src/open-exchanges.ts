import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** What a server has in hand. */
export interface OpenExchanges {
  add(response: ServerResponse): void
  /** Lets every connection end with the answer it waits for, and those that wait for none at once. */
  endConnections(): void
}

/** Keeps account of a server's connections, so that stopping waits for answers and not for connections kept alive. */
export function openExchanges(server: Server): OpenExchanges {
  const responses = new Set<ServerResponse>()
  // Node does not count a connection as idle before its first request
  const unused = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  return {
    add(response) {
      responses.add(response)
      if (response.socket !== null) unused.delete(response.socket)
      response.once('close', () => {
        responses.delete(response)
        // its head went out before anybody thought of stopping, and promised to keep the connection
        if (!server.listening) setImmediate(() => server.closeIdleConnections())
      })
    },
    endConnections() {
      for (const response of responses) if (!response.headersSent) response.setHeader('connection', 'close')
      for (const socket of unused) socket.destroy()
      server.closeIdleConnections()
    },
  }
}
