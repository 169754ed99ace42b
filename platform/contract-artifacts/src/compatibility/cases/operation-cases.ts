import { mutation, query, subscription, z, type AnyOperation } from '@ashlar/contract'
import { brew, getPot, getting, operations, plain, type ContractChange } from './contract-change.ts'

const atRest = { ...plain, rest: { method: 'GET', path: '/v1/pots/{potId}' } } as const
const withError = (status: 'CONFLICT' | 'NOT_FOUND', data?: z.ZodType): AnyOperation =>
  query({ ...plain, errors: { no_pot: { status, ...(data === undefined ? {} : { data }) } } })
const pot = z.object({ potId: z.string(), colour: z.string() })

/** What happens to operations, their errors and their REST face. */
export const operationCases: Readonly<Record<string, readonly ContractChange[]>> = {
  operations: [
    operations('an operation is added', [{ getPot }, { getPot, brew }], { 'brew:added': 'minor' }),
    operations('an operation is removed', [{ getPot, brew }, { getPot }], { 'brew:removed': 'breaking' }),
    operations('an operation is renamed', [{ getPot }, { readPot: getPot }], { 'getPot:removed': 'breaking', 'readPot:added': 'minor' }),
    getting('a query becomes a mutation', [query(plain), mutation(plain)], { 'getPot:kind': 'breaking' }),
    getting('a query becomes a subscription', [query(plain), subscription(plain)], { 'getPot:kind': 'breaking' }),
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
