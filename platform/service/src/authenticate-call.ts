import { RequestRefusedError } from '@ashlar/contract'
import type { Principal } from '@ashlar/security'
import { ownVariable } from './config.ts'
import type { Foundations } from './platform.ts'

/**
 * Reads who calls at a service's own port. Everybody shows a token that the gateway or a service signed, for an open operation
 * too: open means that no customer is needed, and at this port nobody counts how often is asked. Where `<NAME>_OPEN_CALLS` is
 * `anybody`, who shows none is nobody known. Throws `RequestRefusedError` (`unauthenticated`).
 */
export async function authenticateCall(
  { config, identityOf }: Pick<Foundations, 'config' | 'identityOf'>,
  authorization: string | undefined,
  audience: string,
): Promise<Principal> {
  if (authorization !== undefined) return identityOf(audience).verify(authorization.replace(/^Bearer /i, ''), { audience })
  if (ownVariable(config, audience, 'OPEN_CALLS') === 'anybody') return { kind: 'anonymous' }
  throw new RequestRefusedError(
    { status: 'UNAUTHORIZED', reason: 'unauthenticated' },
    'a token of the gateway or of a service is missing: ask through the gateway, or call as a service',
  )
}
