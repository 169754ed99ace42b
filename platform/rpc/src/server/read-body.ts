import type { IncomingMessage } from 'node:http'

/**
 * Reads a body of at most `limit` bytes. A longer one is given as `undefined` as soon as it is known to be: from its announced
 * length, before a byte is kept, or from the bytes that came. The rest of it is left to whoever sends the refusal.
 */
export function readBody(req: IncomingMessage, limit: number, done: (body: Buffer | undefined) => void): void {
  // a body cut short ends the exchange by its response's `close`
  req.on('error', () => undefined)
  if (Number(req.headers['content-length'] ?? 0) > limit) {
    done(undefined)
    return
  }
  const chunks: Buffer[] = []
  let bytes = 0
  const end = (): void => done(joined(chunks))
  const take = (chunk: Buffer): void => {
    bytes += chunk.length
    chunks.push(chunk)
    if (bytes <= limit) return
    req.off('data', take).off('end', end)
    done(undefined)
  }
  req.on('data', take).on('end', end)
}

const noBytes = Buffer.alloc(0)

function joined(chunks: readonly Buffer[]): Buffer {
  const [only = noBytes] = chunks
  return chunks.length > 1 ? Buffer.concat(chunks) : only
}
