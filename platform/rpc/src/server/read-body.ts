import type { IncomingMessage } from 'node:http'

/** How far past its limit a body may go on while its refusal is on the way; then the connection is cut. */
const drainedLimits = 8

/**
 * Reads a body of at most `limit` bytes as text. A longer one is given as `undefined` as soon as it is known to be: from
 * its announced length, before a byte is kept, or from the bytes that came. What follows is thrown away unread, so that
 * the caller gets to see the refusal; a body far beyond the limit loses its connection.
 */
export function readBody(req: IncomingMessage, limit: number, done: (text: string | undefined) => void): void {
  const announced = Number(req.headers['content-length'] ?? 0)
  let chunks: Buffer[] = []
  let bytes = 0
  let refused = false

  const refuse = () => {
    refused = true
    chunks = []
    done(undefined)
  }
  if (announced > limit) refuse()

  req.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (refused) {
      if (bytes > limit * drainedLimits) req.destroy()
    } else if (bytes > limit) refuse()
    else chunks.push(chunk)
  })
  req.on('end', () => {
    if (!refused) done(textOf(chunks))
  })
  // a body cut short ends the exchange by its response's `close`
  req.on('error', () => undefined)
}

function textOf(chunks: readonly Buffer[]): string {
  const [only] = chunks
  if (only === undefined) return ''
  return chunks.length === 1 ? only.toString() : Buffer.concat(chunks).toString()
}
