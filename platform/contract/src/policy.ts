/** Who may call or send an operation. */
export type Access = 'open' | 'customer' | { readonly roles: readonly string[] } | { readonly services: readonly string[] }

/** What an operation promises apart from its shapes. `idempotency: 'key'` means: repeated under one key, it happens once. */
export interface Policy<A extends Access = Access> {
  readonly access: A
  readonly idempotency?: 'key'
}

/** Tells whether an operation must be called with an idempotency key, and so may be sent as a durable command. */
export function hasKey(policy: Policy): boolean {
  return policy.idempotency === 'key'
}

/** Tells whether only services may call: such an operation is not visible at the gateway. */
export function isServiceOnly(policy: Policy): boolean {
  return typeof policy.access === 'object' && 'services' in policy.access
}
