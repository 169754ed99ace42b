import { describe, expect, it } from 'vitest'
import { refusal, refusalsOf } from '../test/refusals-of.ts'
import { asking } from '../test/spoilt.ts'
import { type ContractProblem } from './index.ts'

describe('a contract is refused', () => {
  const cases: [why: string, definition: object, problem: ContractProblem][] = [
    [
      'without a policy',
      asking({ policy: undefined }),
      refusal('operations.ask.policy.access', 'nobody is said to have access', "'customer'"),
    ],
    [
      'without access in its policy',
      asking({ policy: {} }),
      refusal('operations.ask.policy.access', 'nobody is said to have access', "'customer'"),
    ],
    ['with unknown access', asking({ policy: { access: 'everyone' } }), refusal('operations.ask.policy.access', 'not known', "'open'")],
    [
      'with two sorts of access',
      asking({ policy: { access: { roles: ['a'], services: ['b'] } } }),
      refusal('operations.ask.policy.access', 'not known', 'roles'),
    ],
    [
      'for no service',
      asking({ policy: { access: { services: [] } } }),
      refusal('operations.ask.policy.access.services', 'the list is empty', 'at least one'),
    ],
    [
      'for no role',
      asking({ policy: { access: { roles: [] } } }),
      refusal('operations.ask.policy.access.roles', 'the list is empty', 'at least one'),
    ],
    [
      'for a nameless role',
      asking({ policy: { access: { roles: [''] } } }),
      refusal('operations.ask.policy.access.roles', 'is empty', 'name each one'),
    ],
    [
      'with a key for a query',
      asking({ policy: { access: 'open', idempotency: 'key' } }, 'query'),
      refusal('operations.ask.policy.idempotency', 'repeated anyway', 'mutation'),
    ],
    [
      'with a key for a subscription',
      asking({ policy: { access: 'open', idempotency: 'key' } }, 'subscription'),
      refusal('operations.ask.policy.idempotency', 'a subscription can be repeated anyway', 'mutation'),
    ],
    [
      'with a key that belongs to nobody',
      asking({ policy: { access: 'open', idempotency: 'key' } }),
      refusal('operations.ask.policy.idempotency', 'that may be nobody', "access: 'customer'"),
    ],
    [
      'with another idempotency',
      asking({ policy: { access: 'open', idempotency: 'body' } }),
      refusal('operations.ask.policy.idempotency', 'goes by key', "'key'"),
    ],
  ]
  it.each(cases)('%s', (_why, definition, problem) => {
    expect(refusalsOf(definition)).toEqual([problem])
  })
})
