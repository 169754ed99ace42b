import { RequestRefusedError } from '@ashlar/contract'
import type { IncomingMessage } from 'node:http'
import type { WireError } from '../wire/wire-error.ts'
import type { Route } from './routes.ts'

/** Throws `RequestRefusedError` for a body that does not say it is JSON. A request without one by its method is let through. */
export function refuseForeignMedia(req: IncomingMessage): void {
  if (req.method !== 'POST') return
  const media = req.headers['content-type']
  if (media === 'application/json') return
  if (media?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json') return
  throw new RequestRefusedError(
    { status: 'UNSUPPORTED_MEDIA_TYPE', reason: 'unsupported_media_type' },
    'send the input as application/json',
  )
}

export const bodyTooLarge: WireError = {
  status: 'PAYLOAD_TOO_LARGE',
  reason: 'body_too_large',
  message: 'the body is larger than this operation accepts',
}
export const unknownOperation = {
  status: 'NOT_FOUND',
  reason: 'unknown_operation',
  message: 'no operation of that name is kept here',
} as const satisfies WireError
export const wrongMethod: WireError = {
  status: 'METHOD_NOT_SUPPORTED',
  reason: 'method_not_supported',
  message: 'this operation cannot be asked for by that method',
}

/** Tells whether an operation may be asked for by a method: a query by GET and POST, a mutation by POST only. */
export function isMethodOf({ operation }: Route, method: string | undefined): boolean {
  return method === 'POST' || (method === 'GET' && operation.kind === 'query')
}
