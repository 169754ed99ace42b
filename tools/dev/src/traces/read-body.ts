import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip as gunzipWithCallback } from 'node:zlib'

const gunzip = promisify(gunzipWithCallback)

/** A request whose body is not taken, with the status that says so. */
export class BodyRefusedError extends Error {
  override readonly name = 'BodyRefusedError'
  readonly status: 400 | 413 | 415
  constructor(status: 400 | 413 | 415, message: string, options?: ErrorOptions) {
    super(message, options)
    this.status = status
  }
}

/** Reads a body of at most so many bytes, before and after it is uncompressed. Throws `BodyRefusedError`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity' && encoding !== 'gzip') throw new BodyRefusedError(415, `content encoding ${encoding} is not known here`)
  const tooLarge = (cause?: unknown): BodyRefusedError =>
    new BodyRefusedError(413, `more than ${maxBytes} bytes are too many`, cause === undefined ? {} : { cause })
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge()
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  if (encoding === 'identity') return bytes
  try {
    return await gunzip(bytes, { maxOutputLength: maxBytes })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(cause)
    throw new BodyRefusedError(400, 'the body is not gzip', { cause })
  }
}
