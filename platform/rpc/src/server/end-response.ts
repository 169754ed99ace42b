import type { IncomingMessage, OutgoingHttpHeaders, OutgoingHttpHeader, ServerResponse } from 'node:http'

/** The most of an unread body that is thrown away before the connection is cut. */
const mostDrainedBytes = 16_777_216
/** Up to here the rest of a body costs less than a new connection. */
const cheapBytes = 1_048_576
const longestDrainMs = 5_000
/** Up to here copying bytes costs less than a second piece to write. */
const joinedBytes = 16_384

interface Head {
  readonly status: number
  readonly headers: OutgoingHttpHeaders | OutgoingHttpHeader[]
}

/**
 * Sends a whole answer, also to a caller who still sends a body that nobody reads. What is left of a short body runs off and the
 * connection goes on. Before a long one, or one of unknown length, the answer says `Connection: close`, and the connection is
 * closed when the body has ended, after 16 MiB of it or after 5 s: closed at once, it would be reset before the answer is read.
 */
export function endResponse(response: ServerResponse, { status, headers }: Head, body: Buffer | string): void {
  const request = response.req
  const unreadBytes = unreadBytesOf(request)
  if (unreadBytes > cheapBytes) {
    response.setHeader('connection', 'close')
    // the answer is whole by its length; its end, at which Node closes the connection, waits for the body's
    response.writeHead(status, headers as OutgoingHttpHeader[]).write(body)
    endAfterBody(request, response)
    return
  }
  if (unreadBytes > 0) request.resume()
  response.writeHead(status, headers as OutgoingHttpHeader[])
  // what is text goes out in one write with its head
  if (typeof body === 'string') response.end(body)
  else if (body.length <= joinedBytes) response.end(body.toString('latin1'), 'latin1')
  else response.end(body)
}

function unreadBytesOf({ complete, headers }: IncomingMessage): number {
  if (complete) return 0
  if (headers['transfer-encoding'] !== undefined) return Infinity
  return Number(headers['content-length'] ?? 0)
}

function endAfterBody(request: IncomingMessage, response: ServerResponse): void {
  let bytes = 0
  const end = (): void => void response.end()
  const late = setTimeout(end, longestDrainMs)
  response.once('close', () => clearTimeout(late))
  request.once('end', end)
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > mostDrainedBytes) end()
  })
}
