import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from '@ashlar/discovery'
import { createRpcListener, type Implementation } from '@ashlar/rpc'
import type { Identity } from '@ashlar/security'
import type { Logger } from '@observability/telemetry'

/** A request as it arrived behind the gateway. */
export interface Recorded {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  body: string
}

export interface RunningService {
  /** Every call that arrived, oldest first. */
  readonly recorded: Recorded[]
  /** Answers instead of the service while set. */
  intercept: ((request: IncomingMessage, response: ServerResponse) => void) | undefined
  /** Leaves the registry and cuts every connection. */
  stop(): Promise<void>
}

interface Needs {
  readonly registry: Registry
  readonly identity: Identity
  readonly logger: Logger
}

/** Serves a contract as a service process would (the real listener, real tokens, registered) and writes down what arrives. */
export async function runService(implementation: Implementation, { registry, identity, logger }: Needs): Promise<RunningService> {
  const { name, id: contractId } = implementation.contract
  const listener = createRpcListener({
    implementations: [implementation],
    authenticate: (authorization = '', audience) => identity.verify(authorization.replace(/^Bearer /i, ''), { audience }),
    logger,
  })
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    if (request.url === '/health/ready') return void response.end('{}')
    record(running.recorded, request)
    if (running.intercept !== undefined) return running.intercept(request, response)
    if (!listener(request, response)) response.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const registration = await registry.register({
    id: `${name}-${randomUUID()}`,
    service: name,
    host: '127.0.0.1',
    port,
    contracts: [contractId],
  })
  const running: RunningService = {
    recorded: [],
    intercept: undefined,
    async stop() {
      await registration.deregister()
      server.close()
      server.closeAllConnections()
    },
  }
  return running
}

function record(recorded: Recorded[], request: IncomingMessage): void {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  const entry: Recorded = { method: request.method ?? '', url: request.url ?? '', headers, body: '' }
  recorded.push(entry)
  // heard along with whoever reads it: listened to before, it would run past a reader that comes later
  const hearAlong = (event: string): void => {
    if (event !== 'data') return
    request.off('newListener', hearAlong)
    request.on('data', (chunk: Buffer) => (entry.body += chunk.toString()))
  }
  request.on('newListener', hearAlong)
}
