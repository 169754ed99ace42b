import { mutation, query } from '@ashlar/contract'
import { getting, operations, plain, type ContractChange } from './contract-change.ts'

/** What happens to who may call, and to the key a call must bring. */
export const policyCases: Readonly<Record<string, readonly ContractChange[]>> = {
  policies: [
    ...(
      [
        ['what was for everybody is for customers', 'open', 'customer', 'breaking'],
        ['what was for customers is for everybody', 'customer', 'open', 'minor'],
        ['what was for customers is for some of them', 'customer', { roles: ['barista'] }, 'breaking'],
        ['what was for some customers is for all', { roles: ['barista'] }, 'customer', 'minor'],
        ['a role is added', { roles: ['barista'] }, { roles: ['barista', 'owner'] }, 'minor'],
        ['a role is removed', { roles: ['barista', 'owner'] }, { roles: ['owner'] }, 'breaking'],
        ['a service is added', { services: ['orders'] }, { services: ['orders', 'gateway'] }, 'minor'],
        ['a service is removed', { services: ['orders', 'gateway'] }, { services: ['orders'] }, 'breaking'],
        ['what was for customers is for services', 'customer', { services: ['orders'] }, 'breaking'],
        ['what was for services is for everybody', { services: ['orders'] }, 'open', 'minor'],
        ['what was for services is for customers', { services: ['orders'] }, 'customer', 'breaking'],
      ] as const
    ).map(([kind, before, after, level]) =>
      getting(kind, [query({ ...plain, policy: { access: before } }), query({ ...plain, policy: { access: after } })], {
        'getPot:access': level,
      }),
    ),
    operations(
      'an idempotency key is asked for',
      [{ brew: mutation(plain) }, { brew: mutation({ ...plain, policy: { access: 'customer', idempotency: 'key' } }) }],
      {
        'brew:idempotency': 'breaking',
      },
    ),
    operations(
      'the idempotency key is dropped',
      [{ brew: mutation({ ...plain, policy: { access: 'customer', idempotency: 'key' } }) }, { brew: mutation(plain) }],
      {
        'brew:idempotency': 'breaking',
      },
    ),
  ],
}
