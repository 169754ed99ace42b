import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { PlatformReason } from '@ashlar/contract'
import { endResponse } from '@ashlar/rpc'
import { contextHeaders, currentContext, http, newTrace, runInContext, type CallContext, type Logger } from '@observability/telemetry'
import type { OpenExchanges } from './open-exchanges.ts'
import { problemOf } from './problem.ts'

/** What is refused before it is a request anybody could answer. */
export interface UnreadableRequest {
  readonly status: number
  readonly code: PlatformReason
  readonly detail: string
}

const malformed: UnreadableRequest = { status: 400, code: 'bad_request', detail: 'this is not a well-formed HTTP/1.1 request' }
/** By the codes Node gives to what its parser and its clocks refuse. */
const refusals: Readonly<Record<string, UnreadableRequest>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'headers_too_large',
    detail: 'the address and headers are too large together: send less than 16 KiB',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, code: 'body_too_large', detail: 'the chunk extensions are too large: send none' },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request_timeout',
    detail: 'the request did not come whole in time: send it again, faster',
  },
}

export const hostMissing: UnreadableRequest = { status: 400, code: 'bad_request', detail: 'an HTTP/1.1 request needs a Host header' }
export const expectationFailed: UnreadableRequest = {
  status: 417,
  code: 'bad_request',
  detail: 'of expectations only 100-continue is met: leave out the Expect header',
}
export const nothingThere: UnreadableRequest = { status: 404, code: 'not_found', detail: 'nothing answers at this address' }

/** How long a caller has to read the refusal of what it may still be sending. */
const lingerMs = 1_000

interface Surroundings {
  readonly inHand: OpenExchanges
  readonly logger: Logger | undefined
}

/**
 * Answers what Node could not read as a request (`clientError`) with a problem document, and closes the connection: after it
 * nobody can tell where a request begins. A request that came whole before has its answer first, and instead.
 */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex, { inHand, logger }: Surroundings): void {
  // refused already: what still comes is no news
  if (socket.writableEnded) return
  const pending = inHand.latestOn(socket)
  if (!socket.writable || pending?.headersSent === true) {
    socket.destroy()
    return
  }
  if (pending?.req.complete === true) {
    pending.setHeader('connection', 'close')
    return
  }
  const refused = refusals[error.code ?? ''] ?? malformed
  runInContext(ownContext(), () => {
    log(logger, refused)
    socket.end(responseTo(refused))
  })
  // closed at once, it would be reset before the refusal is read
  const cut = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(cut))
}

/** Answers a request that was read, but that nobody here answers. */
export function replyUnreadable(response: ServerResponse, refused: UnreadableRequest, logger: Logger | undefined): void {
  runInContext(ownContext(), () => {
    log(logger, refused)
    const { headers, body } = problemReply(refused)
    endResponse(response, { status: refused.status, headers }, body)
  })
}

/** What cannot be read has no request id and no trace; the refusal gets its own, so that it is found in the log. */
function ownContext(): CallContext {
  return { requestId: randomUUID(), trace: newTrace() }
}

function log(logger: Logger | undefined, { status, code }: UnreadableRequest): void {
  logger?.info({ event: 'request', route: 'unreadable', status, code }, 'request')
}

function problemReply(refused: UnreadableRequest): { headers: Record<string, string>; body: string } {
  const context = currentContext()
  const body = JSON.stringify(problemOf(refused, context?.trace.traceId ?? ''))
  const headers = {
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    [contextHeaders.requestId]: context?.requestId ?? '',
  }
  return { headers, body }
}

/** The same by hand, where there is no response to write to. */
function responseTo(refused: UnreadableRequest): string {
  const { headers, body } = problemReply(refused)
  const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${refused.status} ${http.STATUS_CODES[refused.status] ?? ''}`, ...lines, '', body].join('\r\n')
}
