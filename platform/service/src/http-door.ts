import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { http, type Logger } from '@observability/telemetry'
import { answerHealth, type Health, type HealthAudience } from './health.ts'
import { openExchanges, type OpenExchanges } from './open-exchanges.ts'
import { expectationFailed, hostMissing, nothingThere, refuseUnreadable, replyUnreadable } from './unreadable-request.ts'

/** A listening HTTP server that can be drained. */
export interface HttpDoor {
  readonly host: string
  readonly port: number
  /** Stops listening and waits, up to `graceMs`, for requests in hand; what is left then is cut. */
  close(graceMs: number): Promise<void>
}

export interface HttpDoorOptions {
  readonly host: string
  readonly port: number
  readonly health: Health
  /** Answers a request; `false` when the path is not its own. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => boolean
  /** How long a caller may take to send its headers; 10 s unless said. */
  readonly headersTimeoutMs?: number
  /** How long a caller may take to send its whole request; 30 s unless said. */
  readonly requestTimeoutMs?: number
  /** Who can reach the door, and so what `/health/ready` says of dependencies; the neighbours unless said. */
  readonly healthAudience?: HealthAudience
  /** Hears of what could not be read as a request. */
  readonly logger?: Logger
}

/** Another process listens there already. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError'
  constructor(host: string, port: number, cause: unknown) {
    super(`port ${port} on ${host} is taken: stop what listens there, or choose another (PORT=0 takes a free one)`, { cause })
  }
}

/**
 * Opens the door: health first, then the given answers, 404 otherwise. Idle connections outlive a caller's pool (65 s), slow
 * headers and requests are cut, and while draining every answer says `Connection: close`. What cannot be read as a request is
 * refused with a problem document.
 */
export async function openHttpDoor(options: HttpDoorOptions): Promise<HttpDoor> {
  const { host, port, health, answer, logger, headersTimeoutMs = 10_000, requestTimeoutMs = 30_000 } = options
  const healthDoor = { health, audience: options.healthAudience ?? 'neighbours' }
  const server = http.createServer({
    keepAliveTimeout: 65_000,
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // Node looks for slow callers only this often; by itself every 30 s
    connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs),
    maxHeaderSize: 16_384,
    // refused below, with a problem document
    requireHostHeader: false,
  })
  const inHand = openExchanges(server)
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    inHand.add(response)
    if (health.isDraining) response.setHeader('connection', 'close')
    if (request.headers.host === undefined && request.httpVersion !== '1.0') {
      replyUnreadable(response, hostMissing, logger)
      return
    }
    const path = pathOf(request.url ?? '/')
    if (answerHealth(healthDoor, path, response) || answer(request, response)) return
    replyUnreadable(response, nothingThere, logger)
  })
  server.on('checkExpectation', (_request, response: ServerResponse) => {
    inHand.add(response)
    replyUnreadable(response, expectationFailed, logger)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseUnreadable(error, socket, { inHand, logger }))
  await listen(server, host, port)
  return { host, port: (server.address() as AddressInfo).port, close: (graceMs) => close(server, inHand, graceMs) }
}

function pathOf(url: string): string {
  const mark = url.indexOf('?')
  return mark === -1 ? url : url.slice(0, mark)
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(host, port, error) : error),
    )
    server.listen(port, host, resolve)
  })
}

async function close(server: Server, inHand: OpenExchanges, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  inHand.endConnections()
  const cut = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(cut)
}
