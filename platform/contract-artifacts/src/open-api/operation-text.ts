import { isServiceOnly, type Access, type AnyBoundOperation } from '@ashlar/contract'

/** What an operation promises besides its shapes, as OpenAPI has places for it. */
export function operationHead(operation: AnyBoundOperation): object {
  const { name, contract } = operation
  return {
    operationId: name,
    tags: [contract],
    summary: wordsOf(name),
    description: promisesOf(operation).join(' '),
    ...deprecationMark(operation),
  }
}

/** Marks an operation that will go. */
export function deprecationMark({ deprecated }: AnyBoundOperation): object {
  return deprecated === undefined ? {} : { deprecated: true, 'x-deprecation': deprecated }
}

function promisesOf({ kind, policy, emits, deprecated }: AnyBoundOperation): string[] {
  return [
    kind === 'mutation' ? 'Changes something.' : 'Changes nothing and may be repeated.',
    ...(kind === 'subscription' ? ['Tells what there is, and what comes.'] : []),
    `Access: ${accessText(policy.access)}.`,
    ...(policy.idempotency === 'key' ? ['Repeated under one idempotency key it happens once.'] : []),
    ...(emits.length > 0 ? ['Announces events.'] : []),
    ...(deprecated === undefined ? [] : [deprecationText(deprecated)]),
  ]
}

function accessText(access: Access): string {
  if (access === 'open') return 'everybody'
  if (access === 'customer') return 'a signed-in customer'
  const isServices = isServiceOnly({ access })
  const names = 'services' in access ? access.services : access.roles
  return `${isServices ? 'services' : 'roles'} ${names.toSorted().join(', ')}`
}

function deprecationText({ since, sunset, use }: NonNullable<AnyBoundOperation['deprecated']>): string {
  const end = sunset === undefined ? '' : ` and may be gone from ${sunset}`
  return `Deprecated since ${since}${end}${use === undefined ? '' : `: use ${use}`}.`
}

/** `placeOrder` as `Place order`. */
function wordsOf(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}
