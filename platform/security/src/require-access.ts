import { RequestRefusedError, type Access } from '@ashlar/contract'
import type { Principal } from './principal.ts'

/**
 * Lets the principal through when the contract's access allows it. Throws `RequestRefusedError`: `unauthenticated` when
 * nobody has said who they are, `forbidden` when who they are is not enough.
 */
export function requireAccess(access: Access, principal: Principal): void {
  if (access === 'open') return
  if (principal.kind === 'anonymous')
    throw new RequestRefusedError({ status: 'UNAUTHORIZED', reason: 'unauthenticated' }, 'say who you are to do this')
  if (!isAllowed(access, principal))
    throw new RequestRefusedError({ status: 'FORBIDDEN', reason: 'forbidden' }, 'this is not for you to do')
}

function isAllowed(access: Exclude<Access, 'open'>, principal: Principal): boolean {
  if (access === 'customer') return principal.kind === 'customer'
  if ('services' in access) return principal.kind === 'service' && access.services.includes(principal.name)
  return principal.kind === 'customer' && access.roles.some((role) => principal.roles.includes(role))
}
