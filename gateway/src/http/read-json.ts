import type { IncomingMessage } from 'node:http'
import { isJsonMedia } from '@ashlar/rpc'
import { FaultError } from './fault-error.ts'
import { parseJson } from './parse-json.ts'
import { readBody } from './read-body.ts'

/** Reads a body as a JSON value; no body at all reads as `undefined`. Throws `body_too_large`, `unsupported_media_type`, or as `parseJson` does. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  if (request.headers['content-encoding'] !== undefined) throw unsupported('send the body without a content-encoding')
  const body = await readBody(request, maxBytes)
  if (body.length === 0) return undefined
  if (!isJsonMedia(request.headers['content-type'])) throw unsupported('send the body as application/json, in UTF-8')
  return parseJson(body)
}

function unsupported(detail: string): FaultError {
  return new FaultError({ status: 415, code: 'unsupported_media_type', detail })
}
