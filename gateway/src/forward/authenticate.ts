import type { IncomingMessage } from 'node:http'
import { RequestRefusedError } from '@ashlar/contract'
import { KeysUnavailableError, type AccessTokenVerifier, type Principal } from '@ashlar/security'
import { FaultError } from '../http/fault-error.ts'

const bearerForm = /^Bearer ([\w.~+/-]+=*)$/i

/** Tells whom a request's bearer token belongs to. Throws `FaultError`: 401, or 503 while no key was ever had to check it with. */
export async function authenticate(request: IncomingMessage, tokens: AccessTokenVerifier): Promise<Principal> {
  try {
    return await tokens.verify(tokenIn(request.headers.authorization))
  } catch (cause) {
    if (cause instanceof RequestRefusedError) throw new FaultError({ status: 401, code: cause.reason, detail: cause.message }, { cause })
    if (!(cause instanceof KeysUnavailableError)) throw cause
    const detail = 'the keys to check tokens with cannot be had just now'
    throw new FaultError({ status: 503, code: 'unavailable', detail, retryAfterSeconds: 2 }, { cause })
  }
}

function tokenIn(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined
  const [, token] = bearerForm.exec(authorization) ?? []
  if (token === undefined) throw new FaultError({ status: 401, code: 'unauthenticated', detail: 'send Authorization: Bearer and a token' })
  return token
}
