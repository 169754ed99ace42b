import { hasKey, type Access } from '@ashlar/contract'
import type { Change } from '../finding.ts'
import { isSame } from '../schemas/schema-node.ts'
import type { OperationPair } from './operation-changes.ts'
import { refusedCall } from './refused-call.ts'

/** Lists the changes of who may ask, and of what is promised about repeating. */
export function policyChanges({ contract, operation, old, now }: OperationPair): Change[] {
  const change = { contract, place: { part: 'operation', operation } as const, path: [] }
  const [was, is] = [old.policy, now.policy]
  const call = `POST /rpc/${contract}/${operation}`
  const shutOut = callersOf(was.access, is.access).find((caller) => mayAsk(was.access, caller) && !mayAsk(is.access, caller))
  const access: Change[] = isSame(was.access, is.access)
    ? []
    : [
        {
          ...change,
          level: shutOut === undefined ? 'minor' : 'breaking',
          aspect: 'access',
          said: `is for ${accessText(is.access)}, was for ${accessText(was.access)}`,
          ...(shutOut && refusedCall({ call, by: shutOut }, 'this is not for them')),
        },
      ]
  if (hasKey(was) === hasKey(is)) return access
  const asked = 'asks for an idempotency key, which callers do not send yet'
  const dropped = 'takes no idempotency key any more: a repeat may do it twice, and it cannot be sent as a command'
  const witness = hasKey(is)
    ? refusedCall({ call, headers: {} }, 'it has no idempotency key')
    : refusedCall({ command: `${contract}/${operation}` }, 'only what takes a key can be sent as a command')
  return [...access, { ...change, level: 'breaking', aspect: 'idempotency', said: hasKey(is) ? asked : dropped, ...witness }]
}

type Caller = 'nobody known' | { readonly customer: readonly string[] } | { readonly service: string }

/** Every sort of caller that the two policies could treat otherwise. */
function callersOf(...policies: readonly Access[]): Caller[] {
  const named = policies.filter((access) => typeof access === 'object')
  return [
    'nobody known',
    { customer: [] },
    ...named.flatMap((access): Caller[] =>
      'roles' in access ? access.roles.map((role) => ({ customer: [role] })) : access.services.map((service) => ({ service })),
    ),
  ]
}

function mayAsk(access: Access, caller: Caller): boolean {
  if (access === 'open') return true
  if (typeof caller === 'string') return false
  if (access === 'customer') return 'customer' in caller
  if ('services' in access) return 'service' in caller && access.services.includes(caller.service)
  return 'customer' in caller && caller.customer.some((role) => access.roles.includes(role))
}

function accessText(access: Access): string {
  if (access === 'open') return 'everybody'
  if (access === 'customer') return 'customers'
  return 'roles' in access ? `customers who are ${access.roles.join(' or ')}` : `the services ${access.services.join(', ')}`
}
