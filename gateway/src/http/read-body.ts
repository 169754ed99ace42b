import type { IncomingMessage } from 'node:http'
import { FaultError } from './fault-error.ts'

/** Reads a body whole, up to `maxBytes`. Throws `body_too_large` from its announced length, or before more than that is held. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new FaultError({ status: 413, code: 'body_too_large', detail: `the body is larger than ${maxBytes} bytes` })
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.reject(tooLarge())
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const take = (chunk: Buffer): void => {
      size += chunk.length
      if (size <= maxBytes) {
        chunks.push(chunk)
        return
      }
      request.off('data', take)
      reject(tooLarge())
    }
    request.on('data', take)
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', (cause) => reject(new FaultError({ status: 400, code: 'bad_request', detail: 'the body broke off' }, { cause })))
  })
}

const mostDrainedBytes = 1_048_576

/**
 * Lets what is left of a refused request's body run off unread, so that the caller gets to see the refusal and the connection
 * can carry the next request; after a mebibyte of it the connection is cut.
 */
export function letRunOff(request: IncomingMessage): void {
  if (request.complete) return
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > mostDrainedBytes) request.destroy()
  })
  // a caller who leaves in the middle has been answered already
  request.on('error', () => undefined)
}
