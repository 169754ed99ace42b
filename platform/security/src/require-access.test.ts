import { RequestRefusedError, type Access } from '@ashlar/contract'
import { describe, expect, it } from 'vitest'
import type { Principal } from './principal.ts'
import { requireAccess } from './require-access.ts'

const anyone: Principal = { kind: 'anonymous' }
const ada: Principal = { kind: 'customer', id: 'ada', sessionId: 's1', roles: [] }
const clerk: Principal = { kind: 'customer', id: 'cleo', sessionId: 's2', roles: ['clerk'] }
const orders: Principal = { kind: 'service', name: 'orders' }
const payments: Principal = { kind: 'service', name: 'payments' }

const decisions: [access: Access, principal: Principal, outcome: string][] = [
  ['open', anyone, 'passes'],
  ['open', orders, 'passes'],
  ['customer', ada, 'passes'],
  ['customer', anyone, 'UNAUTHORIZED unauthenticated'],
  ['customer', orders, 'FORBIDDEN forbidden'],
  [{ roles: ['clerk'] }, clerk, 'passes'],
  [{ roles: ['clerk'] }, ada, 'FORBIDDEN forbidden'],
  [{ roles: ['clerk'] }, orders, 'FORBIDDEN forbidden'],
  [{ roles: ['clerk'] }, anyone, 'UNAUTHORIZED unauthenticated'],
  [{ services: ['orders'] }, orders, 'passes'],
  [{ services: ['orders'] }, payments, 'FORBIDDEN forbidden'],
  [{ services: ['orders'] }, clerk, 'FORBIDDEN forbidden'],
  [{ services: ['orders'] }, anyone, 'UNAUTHORIZED unauthenticated'],
]

describe('requireAccess', () => {
  it.each(decisions)('%j asked by %j: %s', (access, principal, outcome) => {
    expect(outcomeOf(() => requireAccess(access, principal))).toBe(outcome)
  })
})

function outcomeOf(ask: () => void): string {
  try {
    ask()
    return 'passes'
  } catch (refusal) {
    if (!(refusal instanceof RequestRefusedError)) throw refusal
    return `${refusal.status} ${refusal.reason}`
  }
}
