import { statusCodes, type AnyBoundOperation, type AshlarErrorShape, type Issue, type StatusCode } from '@ashlar/contract'
import { CallFailedError } from '../wire/call-failed.ts'
import { parseJson } from '../wire/parse-json.ts'
import type { Reply } from './outgoing.ts'

/** The envelope that came back: a value, or an error as the callee shaped it. */
export type WireReply = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: AshlarErrorShape }

/** Reads the tRPC envelope of a reply. Throws `CallFailedError` (`bad_response`) when it is none: something that is no service of ours answered. */
export function readEnvelope(operation: AnyBoundOperation, reply: Reply): WireReply {
  const body = parsedBody(operation, reply)
  if (isObject(body)) {
    if (isObject(body['result'])) return { ok: true, data: body['result']['data'] }
    const error = isObject(body['error']) ? errorShapeOf(body['error']) : undefined
    if (error !== undefined) return { ok: false, error }
  }
  throw badResponse(operation, new TypeError(`status ${reply.status} with a body that is no tRPC envelope`))
}

function parsedBody(operation: AnyBoundOperation, { body, status }: Reply): unknown {
  try {
    return parseJson(body.toString())
  } catch (cause) {
    throw badResponse(operation, new TypeError(`status ${status} with a body that is not JSON`, { cause }))
  }
}

function badResponse(operation: AnyBoundOperation, cause: Error): CallFailedError {
  return new CallFailedError(operation.address, { outcome: 'unknown', reason: 'bad_response', cause })
}

/** A server that is not ours need not give a reason: its code in small letters stands for it. */
function errorShapeOf(error: Record<string, unknown>): AshlarErrorShape | undefined {
  const { message, code, data } = error
  if (typeof message !== 'string' || typeof code !== 'number' || !isObject(data) || !isStatusCode(data['code'])) return undefined
  const status = data['code']
  return {
    message,
    code,
    data: {
      code: status,
      httpStatus: statusCodes[status].http,
      reason: typeof data['reason'] === 'string' ? data['reason'] : status.toLowerCase(),
      ...(typeof data['path'] === 'string' ? { path: data['path'] } : {}),
      ...('details' in data ? { details: data['details'] } : {}),
      ...(Array.isArray(data['issues']) ? { issues: data['issues'] as Issue[] } : {}),
    },
  }
}

function isStatusCode(code: unknown): code is StatusCode {
  return typeof code === 'string' && Object.hasOwn(statusCodes, code)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
