import type { IncomingMessage } from 'node:http'
import { FaultError } from './fault-error.ts'

/** Reads a body whole, up to `maxBytes`. Throws `body_too_large` from its announced length, or before more than that is held. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = () =>
    new FaultError({ status: 413, code: 'body_too_large', detail: `the body is larger than ${maxBytes} bytes: send less` })
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
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)))
    request.on('error', (cause) =>
      reject(
        new FaultError({ status: 400, code: 'bad_request', detail: 'the body broke off before its end: send it again, whole' }, { cause }),
      ),
    )
  })
}
