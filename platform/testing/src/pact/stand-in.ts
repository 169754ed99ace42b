import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as a provider's stand-in saw it. */
export interface Seen {
  readonly path: string
  readonly body: unknown
  readonly idempotencyKey: string | undefined
}

/** A server that gives one answer to whatever it is asked, and keeps what that was. */
export interface StandIn extends AsyncDisposable {
  readonly host: string
  readonly port: number
  readonly seen: readonly Seen[]
}

/** Opens a stand-in for a provider on a free port. */
export async function openStandIn({ status, body }: { status: number; body: unknown }): Promise<StandIn> {
  const seen: Seen[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await readAll(request)
    const key = request.headers['idempotency-key']
    seen.push({
      path: request.url ?? '',
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
      idempotencyKey: typeof key === 'string' ? key : undefined,
    })
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    host: '127.0.0.1',
    port,
    seen,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
