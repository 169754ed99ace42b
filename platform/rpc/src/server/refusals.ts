import { hasKey, RequestRefusedError } from '@ashlar/contract'
import { contextHeaders } from '@observability/telemetry'
import type { IncomingMessage } from 'node:http'
import { isJsonMedia } from '../wire/json-media.ts'
import type { WireError } from '../wire/wire-error.ts'
import type { Route, Target } from './routes.ts'

/** Throws `RequestRefusedError` for a body that does not say it is JSON in UTF-8. A request without one by its method is let through. */
export function refuseForeignMedia(req: IncomingMessage): void {
  if (req.method !== 'POST' || isJsonMedia(req.headers['content-type'])) return
  throw new RequestRefusedError(
    { status: 'UNSUPPORTED_MEDIA_TYPE', reason: 'unsupported_media_type' },
    'send the input as application/json, in UTF-8',
  )
}

/** Throws `RequestRefusedError` for a batch in which one idempotency key would stand for several operations. */
export function refuseSharedKey(req: IncomingMessage, { asked, isBatch }: Target): void {
  if (!isBatch || req.headers[contextHeaders.idempotencyKey] === undefined) return
  const keyed = asked.filter(({ route }) => route !== undefined && hasKey(route.operation.policy))
  if (keyed.length > 1) throw new RequestRefusedError({ status: 'BAD_REQUEST', reason: 'idempotency_key_invalid' }, sharedKeyMessage)
}

export const sharedKeyMessage =
  'one Idempotency-Key stands for one operation: send each operation that needs a key in a request of its own, under its own key'

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

/** Tells whether an operation may be asked for by a method: a query and a subscription by GET and POST, a mutation by POST only. */
export function isMethodOf({ operation }: Route, method: string | undefined): boolean {
  return method === 'POST' || (method === 'GET' && operation.kind !== 'mutation')
}
