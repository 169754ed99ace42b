import type { Access } from '@ashlar/contract'
import { describe, expect, it } from 'vitest'
import type { Principal } from './principal.ts'
import { requireAccess } from './require-access.ts'

const anyone: Principal = { kind: 'anonymous' }
const ada: Principal = { kind: 'customer', id: 'ada', sessionId: 's1', roles: [] }
const clerk: Principal = { kind: 'customer', id: 'cleo', sessionId: 's2', roles: ['clerk'] }
const orders: Principal = { kind: 'service', name: 'orders' }
const payments: Principal = { kind: 'service', name: 'payments' }

const decisions: [access: Access, principal: Principal, outcome: 'passes' | 'unauthenticated' | 'forbidden'][] = [
  ['open', anyone, 'passes'],
  ['open', orders, 'passes'],
  ['customer', ada, 'passes'],
  ['customer', anyone, 'unauthenticated'],
  ['customer', orders, 'forbidden'],
  [{ roles: ['clerk'] }, clerk, 'passes'],
  [{ roles: ['clerk'] }, ada, 'forbidden'],
  [{ roles: ['clerk'] }, orders, 'forbidden'],
  [{ roles: ['clerk'] }, anyone, 'unauthenticated'],
  [{ services: ['orders'] }, orders, 'passes'],
  [{ services: ['orders'] }, payments, 'forbidden'],
  [{ services: ['orders'] }, clerk, 'forbidden'],
  [{ services: ['orders'] }, anyone, 'unauthenticated'],
]

describe('requireAccess', () => {
  it.each(decisions)('%j asked by %j: %s', (access, principal, outcome) => {
    const ask = () => requireAccess(access, principal)
    if (outcome === 'passes') expect(ask).not.toThrow()
    else expect(ask).toThrow(expect.objectContaining({ reason: outcome, status: outcome === 'forbidden' ? 'FORBIDDEN' : 'UNAUTHORIZED' }))
  })
})
