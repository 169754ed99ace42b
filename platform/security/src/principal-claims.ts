import type { JWTPayload } from 'jose'
import type { Principal } from './principal.ts'

/** Writes a principal as the claims of a token or command. */
export function claimsOf(principal: Principal): JWTPayload {
  switch (principal.kind) {
    case 'anonymous':
      return { kind: 'anonymous', sub: 'anonymous' }
    case 'customer':
      return { kind: 'customer', sub: principal.id, sid: principal.sessionId, roles: [...principal.roles] }
    case 'service':
      return { kind: 'service', sub: principal.name }
  }
}

/** Reads a principal from claims whose signature was checked; `undefined` when they do not say one. */
export function principalOf(claims: JWTPayload): Principal | undefined {
  const { kind, sub } = claims
  if (kind === 'anonymous') return { kind }
  if (typeof sub !== 'string' || sub === '') return undefined
  if (kind === 'service') return { kind, name: sub }
  const customer = customerOf(claims)
  return kind === 'customer' ? customer : undefined
}

/** Reads a customer from claims whose signature was checked. */
export function customerOf({ sub, sid, roles }: JWTPayload): Extract<Principal, { kind: 'customer' }> | undefined {
  if (typeof sub !== 'string' || sub === '' || typeof sid !== 'string') return undefined
  if (!Array.isArray(roles) || !roles.every((role) => typeof role === 'string')) return undefined
  return { kind: 'customer', id: sub, sessionId: sid, roles }
}
