import type { AnyBoundOperation } from '@ashlar/contract'
import type { Principal } from '@ashlar/security'

/** Names whose keys are meant and for what: no two callers, and no two operations, share a key. Throws `TypeError` for nobody. */
export function scopeOf(principal: Principal, operation: AnyBoundOperation): string {
  return `${nameOf(principal)} ${operation.address}`
}

/** Names a deed for ever: the same for whoever calls and for who sends it, under the same key, as the same one. */
export function stepKeyOf(scope: string, key: string): string {
  return `${scope} ${key}`
}

function nameOf(principal: Principal): string {
  switch (principal.kind) {
    case 'anonymous':
      // a contract that would let them in with a key is refused when it is defined
      throw new TypeError('somebody anonymous has no keys of their own')
    case 'customer':
      return `customer:${principal.id}`
    case 'service':
      return `service:${principal.name}`
  }
}
