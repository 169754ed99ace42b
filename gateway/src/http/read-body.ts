import type { IncomingMessage } from 'node:http'
import { FaultError } from './fault-error.ts'

/** Reads a body whole, up to `maxBytes`. Throws `body_too_large` before more than that is held. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new FaultError({ status: 413, code: 'body_too_large', detail: `the body is larger than ${maxBytes} bytes` })
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.reject(tooLarge())
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxBytes) {
        request.removeAllListeners('data').resume()
        reject(tooLarge())
      } else chunks.push(chunk)
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', (cause) => reject(new FaultError({ status: 400, code: 'bad_request', detail: 'the body broke off' }, { cause })))
  })
}

/** Reads a body as a JSON value; no body at all reads as `{}`. Keys that reach for a prototype are refused. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const body = await readBody(request, maxBytes)
  if (body.length === 0) return {}
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new FaultError({ status: 415, code: 'unsupported_media_type', detail: 'send the body as application/json' })
  }
  return parseJson(body.toString('utf8'))
}

/** Parses JSON text. Throws `invalid_json`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, refusePrototypeKeys)
  } catch (cause) {
    if (cause instanceof FaultError) throw cause
    throw new FaultError({ status: 400, code: 'invalid_json', detail: 'the body is not valid JSON' }, { cause })
  }
}

function refusePrototypeKeys(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new FaultError({ status: 400, code: 'invalid_json', detail: 'the key __proto__ is not allowed' })
  return value
}
