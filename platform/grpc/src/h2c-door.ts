import { once } from 'node:events'
import { createServer, type Http2ServerRequest, type Http2ServerResponse, type ServerHttp2Session } from 'node:http2'
import type { AddressInfo } from 'node:net'

/** A listening HTTP/2 server without TLS that can be drained. */
export interface H2cDoor {
  readonly port: number
  /** Stops listening, tells callers to go elsewhere, and waits, up to `graceMs`, for calls in hand; what is left then is cut. */
  close(graceMs: number): Promise<void>
}

const idleMs = 300_000
const mostStreams = 256

/** Opens the door. Connections that nothing comes by for five minutes are closed; callers of gRPC open another. Throws what listening throws. */
export async function openH2cDoor(
  { host, port }: { host: string; port: number },
  answer: (request: Http2ServerRequest, response: Http2ServerResponse) => void,
): Promise<H2cDoor> {
  const sessions = new Set<ServerHttp2Session>()
  const server = createServer({ settings: { maxConcurrentStreams: mostStreams } }, answer)
  server.setTimeout(idleMs)
  server.on('timeout', (session: ServerHttp2Session) => session.close())
  server.on('session', (session) => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close(graceMs) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const session of sessions) session.close()
      const cut = setTimeout(() => sessions.forEach((session) => session.destroy()), graceMs)
      await closed
      clearTimeout(cut)
    },
  }
}
