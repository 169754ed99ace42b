import { describe, expect, it } from 'vitest'
import { refusal, refusalsOf } from '../test/refusals-of.ts'
import { event, mutation, platformReasons, z, type ContractProblem } from './index.ts'

const promise = { input: z.strictObject({}), output: z.object({}), policy: { access: 'open' } } as const
const orderPlaced = event({ version: 1, aggregate: 'orderId', key: 'orderId', data: z.object({ orderId: z.string() }) })
const named = {
  contract: (name: string) => ({ name }),
  operation: (name: string) => ({ operations: { [name]: mutation(promise) } }),
  event: (name: string) => ({ events: { [name]: orderPlaced } }),
  errorCode: (name: string) => ({ operations: { ask: mutation({ ...promise, errors: { [name]: { status: 'CONFLICT' } } }) } }),
}

describe('names', () => {
  type Row = [sort: keyof typeof named, name: string, problem: ContractProblem]
  const members = ['name', 'version', 'id', 'operations', 'events', 'then', 'replay']
  const refused: Row[] = [
    ['contract', 'Orders', refusal('name', 'cannot be written alike', 'lower-case word')],
    ['contract', 'order-history', refusal('name', 'cannot be written alike', 'lower-case word')],
    ['contract', '', refusal('name', 'cannot be written alike', 'lower-case word')],
    ['contract', 'import', refusal('name', 'reserved word in Go, Java, Python', 'another word')],
    ...['replies', 'dlq', 'platform'].map((name): Row => [
      'contract',
      name,
      refusal('name', 'the platform uses it itself', 'another word'),
    ]),
    ['operation', 'PlaceOrder', refusal('operations.PlaceOrder', 'cannot be written alike', 'camelCase')],
    ['operation', 'place_order', refusal('operations.place_order', 'cannot be written alike', 'camelCase')],
    ['operation', 'prüfen', refusal('operations.prüfen', 'cannot be written alike', 'camelCase')],
    ['operation', 'import', refusal('operations.import', 'reserved word in Go, Java, Python', 'another word')],
    ['operation', 'func', refusal('operations.func', 'reserved word in Go', 'another word')],
    ['operation', 'lambda', refusal('operations.lambda', 'reserved word in Python', 'another word')],
    ...members.map((name): Row => ['operation', name, refusal(`operations.${name}`, 'have a member of that name', 'another word')]),
    ['event', 'OrderPlaced', refusal('events.OrderPlaced', 'cannot be written alike', 'past participle')],
    ['event', 'replay', refusal('events.replay', 'its subject carries redeliveries', 'another word')],
    ['event', 'native', refusal('events.native', 'reserved word in Java', 'another word')],
    ['errorCode', 'OutOfStock', refusal('operations.ask.errors.OutOfStock', 'cannot be written alike', 'snake_case')],
    ['errorCode', 'out__of', refusal('operations.ask.errors.out__of', 'cannot be written alike', 'snake_case')],
    ['errorCode', 'raise', refusal('operations.ask.errors.raise', 'reserved word in Python', 'another word')],
    ...['ok', ...platformReasons].map((code): Row => [
      'errorCode',
      code,
      refusal(`operations.ask.errors.${code}`, 'answers with it itself', 'another word'),
    ]),
  ]
  it.each(refused)('are refused: %s "%s"', (sort, name, problem) => {
    expect(refusalsOf(named[sort](name))).toEqual([problem])
  })

  const accepted: [sort: keyof typeof named, name: string][] = [
    ['contract', 'orders'],
    ['contract', 'loyalty2'],
    ['operation', 'placeOrder'],
    ['operation', 'getOrdersById2'],
    ['event', 'orderPlaced'],
    ['errorCode', 'out_of_stock'],
    ['errorCode', 'gone'],
  ]
  it.each(accepted)('are accepted: %s "%s"', (sort, name) => {
    expect(refusalsOf(named[sort](name))).toEqual([])
  })

  it('are refused where two are told apart by case only, since their subjects would be one', () => {
    const operations = { getUrl: mutation(promise), getURL: mutation(promise) }
    expect(refusalsOf({ operations })).toEqual([
      {
        path: 'operations.getURL',
        problem: '"getURL" and "getUrl" are one name in other languages',
        hint: expect.stringContaining('another word'),
      },
    ])
  })
})
