import { defineContract, event, mutation, query, z, type AnyContract, type AnyEvent, type AnyOperation } from '@ashlar/contract'
import type { Level } from './compare-shapes.ts'

/** One kind of change of a contract outside its shapes: the findings it leads to, by name. */
export interface ContractChange {
  readonly kind: string
  readonly before: readonly AnyContract[]
  readonly after: readonly AnyContract[]
  readonly findings: Readonly<Record<string, Level>>
}

const ofPot = {
  version: 1,
  aggregate: 'potId',
  key: 'potId',
  data: z.object({ potId: z.string(), cups: z.int(), shelfId: z.string() }),
} as const
const brewed = event(ofPot)
const poured = event({ version: 1, aggregate: 'potId', key: 'potId', data: z.object({ potId: z.string() }) })
const plain = {
  input: z.strictObject({ potId: z.string() }),
  output: z.object({ cups: z.int() }),
  policy: { access: 'customer' },
} as const
const getPot = query(plain)
const brew = mutation({ ...plain, policy: { access: 'customer', idempotency: 'key' }, emits: [brewed] })
const atRest = { ...plain, rest: { method: 'GET', path: '/v1/pots/{potId}' } } as const

function kitchen(operations: Record<string, AnyOperation>, events: Record<string, AnyEvent> = { brewed }, version = 1): AnyContract {
  return defineContract({ name: 'kitchen', version, operations, events })
}
function operations(
  kind: string,
  [before, after]: readonly [Record<string, AnyOperation>, Record<string, AnyOperation>],
  findings: ContractChange['findings'],
): ContractChange {
  return { kind, before: [kitchen(before)], after: [kitchen(after)], findings }
}
function getting(
  kind: string,
  [before, after]: readonly [AnyOperation, AnyOperation],
  findings: ContractChange['findings'],
): ContractChange {
  return operations(kind, [{ getPot: before }, { getPot: after }], findings)
}
function events(
  kind: string,
  [before, after]: readonly [Record<string, AnyEvent>, Record<string, AnyEvent>],
  findings: ContractChange['findings'],
): ContractChange {
  return { kind, before: [kitchen({ getPot }, before)], after: [kitchen({ getPot }, after)], findings }
}
const withError = (status: 'CONFLICT' | 'NOT_FOUND', data?: z.ZodType): AnyOperation =>
  query({ ...plain, errors: { no_pot: { status, ...(data === undefined ? {} : { data }) } } })
const pot = z.object({ potId: z.string(), colour: z.string() })

/** Kinds of change, by what they are about. */
export const contractChanges: Readonly<Record<string, readonly ContractChange[]>> = {
  contracts: [
    { kind: 'nothing changes', before: [kitchen({ getPot })], after: [kitchen({ getPot })], findings: {} },
    { kind: 'a contract is added', before: [], after: [kitchen({ getPot })], findings: { 'the:contract:added': 'minor' } },
    { kind: 'a contract is removed', before: [kitchen({ getPot })], after: [], findings: { 'the:contract:removed': 'breaking' } },
    {
      kind: 'a new major is served beside the old one, whatever it changes',
      before: [kitchen({ getPot })],
      after: [kitchen({ getPot }), kitchen({ brew }, { brewed }, 2)],
      findings: { 'the:contract:added': 'minor' },
    },
    {
      kind: 'the old major goes when the new one comes',
      before: [kitchen({ getPot })],
      after: [kitchen({ getPot }, { brewed }, 2)],
      findings: { 'the:contract:removed': 'breaking', 'the:contract:added': 'minor' },
    },
  ],
  operations: [
    operations('an operation is added', [{ getPot }, { getPot, brew }], { 'brew:added': 'minor' }),
    operations('an operation is removed', [{ getPot, brew }, { getPot }], { 'brew:removed': 'breaking' }),
    operations('an operation is renamed', [{ getPot }, { readPot: getPot }], { 'getPot:removed': 'breaking', 'readPot:added': 'minor' }),
    getting('a query becomes a mutation', [query(plain), mutation(plain)], { 'getPot:kind': 'breaking' }),
    getting('a mutation becomes a query', [mutation(plain), query(plain)], { 'getPot:kind': 'breaking' }),
    getting('a hint changes', [query(plain), query({ ...plain, hints: { timeoutMs: 100 } })], {}),
    getting('an operation is deprecated', [query(plain), query({ ...plain, deprecated: { since: '2026-11-01' } })], {
      'getPot:deprecated': 'minor',
    }),
  ],
  errors: [
    getting('an error is added to what is only called', [query(plain), withError('CONFLICT')], { 'getPot:error:no_pot:added': 'minor' }),
    operations(
      'an error is added to what sagas send',
      [{ brew }, { brew: mutation({ ...brew, errors: { no_water: { status: 'CONFLICT' } } }) }],
      {
        'brew:error:no_water:added': 'breaking',
      },
    ),
    getting('an error is removed', [withError('CONFLICT'), query(plain)], { 'getPot:error:no_pot:removed': 'minor' }),
    getting('an error is renamed', [withError('CONFLICT'), query({ ...plain, errors: { pot_missing: { status: 'CONFLICT' } } })], {
      'getPot:error:no_pot:removed': 'minor',
      'getPot:error:pot_missing:added': 'minor',
    }),
    getting('the status of an error changes', [withError('CONFLICT'), withError('NOT_FOUND')], {
      'getPot:error:no_pot:status': 'breaking',
    }),
    getting('an error is given data', [withError('CONFLICT'), withError('CONFLICT', pot)], { 'getPot:error:no_pot:data': 'minor' }),
    getting('the data of an error is taken away', [withError('CONFLICT', pot), withError('CONFLICT')], {
      'getPot:error:no_pot:data': 'breaking',
    }),
    getting('the data of an error loses a field', [withError('CONFLICT', pot), withError('CONFLICT', pot.omit({ colour: true }))], {
      'getPot:error:no_pot:colour:removed': 'breaking',
    }),
    getting('the data of an error gains a field', [withError('CONFLICT', pot.omit({ colour: true })), withError('CONFLICT', pot)], {
      'getPot:error:no_pot:colour:added': 'minor',
    }),
  ],
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
  'what is announced': [
    operations('an operation announces an event more', [{ brew: mutation(plain) }, { brew: mutation({ ...plain, emits: [brewed] }) }], {
      'brew:emits:brewed': 'minor',
    }),
    operations(
      'the only operation that announces an event stops',
      [{ brew: mutation({ ...plain, emits: [brewed] }) }, { brew: mutation(plain) }],
      {
        'brew:emits:brewed': 'breaking',
      },
    ),
    operations(
      'one of two operations that announce an event stops',
      [
        { brew: mutation({ ...plain, emits: [brewed] }), reheat: mutation({ ...plain, emits: [brewed] }) },
        { brew: mutation(plain), reheat: mutation({ ...plain, emits: [brewed] }) },
      ],
      { 'brew:emits:brewed': 'minor' },
    ),
  ],
  events: [
    events('an event is added', [{ brewed }, { brewed, poured }], { 'poured:event:added': 'minor' }),
    events('an event is removed', [{ brewed, poured }, { brewed }], { 'poured:event:removed': 'breaking' }),
    events('an event is renamed', [{ brewed }, { potBrewed: brewed }], {
      'brewed:event:removed': 'breaking',
      'potBrewed:event:added': 'minor',
    }),
    events('a version of an event is added', [{ brewed }, { brewed, brewedAgain: event({ ...ofPot, version: 2 }) }], {
      'brewedAgain:event:added': 'minor',
    }),
    events('an event is replaced by its next version', [{ brewed }, { brewed: event({ ...ofPot, version: 2 }) }], {
      'brewed:event:removed': 'breaking',
      'brewed:event:added': 'minor',
    }),
    events('an event is ordered by something else', [{ brewed }, { brewed: event({ ...ofPot, aggregate: 'shelfId' }) }], {
      'brewed:event:aggregate': 'breaking',
    }),
    events('an event is partitioned by something else', [{ brewed }, { brewed: event({ ...ofPot, key: 'shelfId' }) }], {
      'brewed:event:key': 'breaking',
    }),
    events('the data of an event loses a field', [{ brewed }, { brewed: event({ ...ofPot, data: ofPot.data.omit({ cups: true }) }) }], {
      'brewed:event:cups:removed': 'breaking',
    }),
    events(
      'the data of an event gains an optional field',
      [{ brewed }, { brewed: event({ ...ofPot, data: ofPot.data.extend({ strength: z.int().optional() }) }) }],
      {
        'brewed:event:strength:added': 'minor',
      },
    ),
  ],
  'the REST face': [
    getting('an operation is given a REST face', [query(plain), query(atRest)], { 'getPot:rest:added': 'minor' }),
    getting('the REST face is taken away', [query(atRest), query(plain)], { 'getPot:rest:removed': 'breaking' }),
    getting('the path moves', [query(atRest), query({ ...atRest, rest: { method: 'GET', path: '/v1/teapots/{potId}' } })], {
      'getPot:rest:moved': 'breaking',
    }),
    getting(
      'the method changes',
      [
        mutation({ ...atRest, rest: { method: 'PUT', path: '/v1/pots/{potId}' } }),
        mutation({ ...atRest, rest: { method: 'POST', path: '/v1/pots/{potId}' } }),
      ],
      {
        'getPot:rest:moved': 'breaking',
      },
    ),
    getting(
      'the status of a good answer changes',
      [
        mutation({ ...atRest, rest: { method: 'POST', path: '/v1/pots/{potId}' } }),
        mutation({ ...atRest, rest: { method: 'POST', path: '/v1/pots/{potId}', status: 202 } }),
      ],
      {
        'getPot:rest:status': 'breaking',
      },
    ),
  ],
}
