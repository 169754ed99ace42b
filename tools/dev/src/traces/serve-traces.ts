import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { http } from '@observability/telemetry'
import { answerOtlp, isOtlpPath } from './answer-otlp.ts'
import { answerQuery } from './answer-queries.ts'
import type { TraceStore } from './trace-store.ts'

/** What listens for OTLP and answers questions. */
export interface TraceServer {
  readonly port: number
  /** Lets go of the port and of everyone connected, at once. */
  close(): Promise<void>
}

/** Listens on 127.0.0.1 and nowhere else. Gives `undefined` when the port is taken; port 0 is a free one. */
export async function serveTraces(port: number, store: TraceStore): Promise<TraceServer | undefined> {
  const server = http.createServer((request, response) => {
    answer(request, response, store).catch(() => response.destroy())
  })
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined
    throw error
  }
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, store: TraceStore): Promise<void> {
  const url = URL.parse(request.url ?? '/', 'http://127.0.0.1')
  if (url !== null && isOtlpPath(url.pathname)) return answerOtlp(request, response, { path: url.pathname, store })
  const { status, body } = answerTo(request, url, store)
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function answerTo({ method, headers }: IncomingMessage, url: URL | null, store: TraceStore): { status: number; body: object } {
  // A page of somebody else's whose name has been pointed at this machine is not one of us.
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(headers.host ?? ''))
    return { status: 403, body: { message: 'ask for it by 127.0.0.1' } }
  if (method !== 'GET') return { status: 405, body: { message: 'GET only' } }
  return (url === null ? undefined : answerQuery(url, store)) ?? { status: 404, body: { message: 'nothing here' } }
}
