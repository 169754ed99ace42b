import type { IncomingMessage } from 'node:http'
import { FaultError } from './fault-error.ts'
import { parseJson } from './parse-json.ts'
import { readBody } from './read-body.ts'

/** Reads a body as a JSON value; no body at all reads as `undefined`. Throws `body_too_large`, `unsupported_media_type` or `invalid_json`. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  if (request.headers['content-encoding'] !== undefined) throw unsupported('send the body without a content-encoding')
  const body = await readBody(request, maxBytes)
  if (body.length === 0) return undefined
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw unsupported('send the body as application/json')
  return parseJson(body.toString('utf8'))
}

function unsupported(detail: string): FaultError {
  return new FaultError({ status: 415, code: 'unsupported_media_type', detail })
}
