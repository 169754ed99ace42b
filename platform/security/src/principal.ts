/** Who asks. A customer is vouched for by the gateway, a service by its own key. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'customer'; readonly id: string; readonly sessionId: string; readonly roles: readonly string[] }
  | { readonly kind: 'service'; readonly name: string }

export type Customer = Extract<Principal, { kind: 'customer' }>
export type Service = Extract<Principal, { kind: 'service' }>
