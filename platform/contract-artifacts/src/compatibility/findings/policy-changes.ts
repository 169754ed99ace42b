import { hasKey, type Access } from '@ashlar/contract'
import type { Change } from '../finding.ts'
import { isSame } from '../schemas/schema-node.ts'
import type { OperationPair } from './operation-changes.ts'

/** Lists the changes of who may ask, and of what is promised about repeating. */
export function policyChanges({ contract, operation, old, now }: OperationPair): Change[] {
  const change = { contract, place: { part: 'operation', operation } as const, path: [] }
  const [was, is] = [old.policy, now.policy]
  const access: Change[] = isSame(was.access, is.access)
    ? []
    : [
        {
          ...change,
          level: isWithin(was.access, is.access) ? 'minor' : 'breaking',
          aspect: 'access',
          said: `is for ${accessText(is.access)}, was for ${accessText(was.access)}`,
        },
      ]
  if (hasKey(was) === hasKey(is)) return access
  const said = hasKey(is)
    ? 'asks for an idempotency key, which callers do not send yet'
    : 'takes no idempotency key any more: a repeat may do it twice, and it cannot be sent as a command'
  return [...access, { ...change, level: 'breaking', aspect: 'idempotency', said }]
}

/** Whether all who had access have it still. */
function isWithin(was: Access, is: Access): boolean {
  if (is === 'open') return true
  if (was === 'open' || typeof is === 'string')
    return is === 'customer' && (was === 'customer' || (typeof was === 'object' && 'roles' in was))
  if (typeof was === 'string') return false
  if ('roles' in was) return 'roles' in is && was.roles.every((role) => is.roles.includes(role))
  return 'services' in is && was.services.every((service) => is.services.includes(service))
}

function accessText(access: Access): string {
  if (access === 'open') return 'everybody'
  if (access === 'customer') return 'customers'
  return 'roles' in access ? `customers who are ${access.roles.join(' or ')}` : `the services ${access.services.join(', ')}`
}
