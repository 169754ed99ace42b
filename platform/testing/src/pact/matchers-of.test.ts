import { z } from '@ashlar/contract'
import { MatchersV3 } from '@pact-foundation/pact'
import { expect, it } from 'vitest'
import { matchersOf, unread } from './matchers-of.ts'
import { allRead, readingOf } from './reading.ts'
import { shapeOf } from './schema-at.ts'

const { boolean, eachLike, equal, integer, like, regex, string, uuid } = MatchersV3

const Card = z.object({ method: z.literal('card'), token: z.string() })
const Cash = z.object({ method: z.literal('cash'), given: z.int() })
const Order = z.object({
  id: z.uuid(),
  status: z.enum(['open', 'closed']),
  isGift: z.boolean(),
  total: z.object({ amountMinor: z.int(), currency: z.string() }).meta({ id: 'TotalOfTheTest' }),
  payment: z.discriminatedUnion('method', [Card, Cash]),
  shipment: z.object({ carrier: z.string() }).optional(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int() })),
})
type Order = z.output<typeof Order>
const order: Order = {
  id: '01935b00-0000-7000-8000-000000000001',
  status: 'open',
  isGift: false,
  total: { amountMinor: 1250, currency: 'EUR' },
  payment: { method: 'cash', given: 2000 },
  shipment: { carrier: 'Swift' },
  lines: [{ sku: 'TEA', quantity: 2 }],
}

function matchersFor(reader: (order: Order) => unknown, value: Order = order): unknown {
  const reading = readingOf(structuredClone(value))
  reader(reading.value as Order)
  return matchersOf({ value, read: reading.read, at: shapeOf(Order), lists: 'of-any-length' })
}

it('matches each scalar that was read by what its contract says it is', () => {
  const read = matchersFor(({ id, status, isGift, total }) => [id, status, isGift, total.amountMinor, total.currency])
  expect(read).toEqual({
    id: uuid(order.id),
    isGift: boolean(false),
    status: regex('^(open|closed)$', 'open'),
    total: { amountMinor: integer(1250), currency: string('EUR') },
  })
})

it('matches the words of an enum as they are written', () => {
  const size = z.enum(['0.5 l', 'c++'])
  const read = matchersOf({ value: '0.5 l', read: allRead('0.5 l'), at: shapeOf(size), lists: 'of-any-length' })
  expect(read).toEqual(regex(String.raw`^(0\.5 l|c\+\+)$`, '0.5 l'))
})

it('leaves out what nobody read', () => {
  expect(matchersFor(({ total }) => total.currency)).toEqual({ total: { currency: string('EUR') } })
  expect(matchersFor(() => undefined)).toBe(unread)
})

it('follows the variant that the example is, and holds on to what tells it apart', () => {
  const read = matchersFor(({ payment }) => (payment.method === 'cash' ? payment.given : payment.token))
  expect(read).toEqual({ payment: { method: equal('cash'), given: integer(2000) } })
})

it('asks for an optional object where a reader only looked for it, and for no required one', () => {
  expect(matchersFor(({ shipment, total }) => [shipment === undefined, total === undefined])).toEqual({ shipment: like({}) })
})

it('matches lists by their elements, however many there are', () => {
  expect(matchersFor(({ lines }) => lines.map(({ sku }) => sku))).toEqual({ lines: eachLike({ sku: string('TEA') }) })
  expect(matchersFor(({ lines }) => lines.length)).toEqual({ lines: eachLike(like({})) })
})

it('takes one example of an element, and each element of a request', () => {
  const two = { ...order, lines: [...order.lines, { sku: 'POT', quantity: 1 }] }
  expect(() => matchersFor(({ lines }) => lines.map(({ sku }) => sku), two)).toThrow(/has one element/)
  const sent = matchersOf({ value: two.lines, read: allRead(two.lines), at: shapeOf(Order.shape.lines), lists: 'as-they-are' })
  expect(sent).toEqual([
    { sku: string('TEA'), quantity: integer(2) },
    { sku: string('POT'), quantity: integer(1) },
  ])
})
