import { defineContract, event, z, type AnyEvent } from '@ashlar/contract'
import { Parser } from '@asyncapi/parser'
import { describe, expect, it } from 'vitest'
import { asyncApiOf } from '../async-api/async-api-of.ts'
import { lockedVersion, loadedVersion } from '../compatibility/contract-versions.ts'
import { findingsOf } from '../compatibility/findings-of.ts'
import { conversationsIn } from '../compatibility/readers/conversations.ts'
import { schemaDocuments } from '../json-schema/write-json-schemas.ts'
import { lockOf } from '../lock/lock-of.ts'
import { requireCasts } from './require-casts.ts'

const ofOrder = { aggregate: 'orderId', key: 'orderId' } as const
const placedV1 = event({ version: 1, ...ofOrder, data: z.object({ orderId: z.string(), cents: z.int().min(0) }) })
const now = {
  ...ofOrder,
  version: 2,
  data: z.object({ orderId: z.string(), price: z.object({ amount: z.int().min(0), currency: z.enum(['EUR', 'GBP']) }) }),
}
const ways = {
  event: placedV1,
  upcast: ({ orderId, cents }: z.output<typeof placedV1.data>) => ({ orderId, price: { amount: cents, currency: 'EUR' as const } }),
  downcast: ({ orderId, price }: z.output<typeof now.data>) => ({ orderId, cents: price.amount }),
}
const { downcast: _told, ...onlyRead } = ways
const orders = (orderPlaced: AnyEvent) => defineContract({ name: 'orders', version: 1, operations: {}, events: { orderPlaced } })
const atFirst = orders(placedV1)
const today = orders(event({ ...now, previous: ways }))
const later = orders(event({ ...now, previous: onlyRead }))

describe('an event of two versions', () => {
  it('is locked in both, and told whether the earlier one is announced', () => {
    expect(lockOf(today, undefined).events['orderPlaced']).toEqual({
      subject: 'orders.order-placed.v2',
      version: 2,
      ...ofOrder,
      data: { $ref: '#/$defs/OrderPlaced' },
      earlier: [{ subject: 'orders.order-placed.v1', version: 1, isAnnounced: true, data: { $ref: '#/$defs/OrderPlacedV1' } }],
    })
    expect(lockOf(later, undefined).events['orderPlaced']?.earlier).toMatchObject([{ isAnnounced: false }])
    expect(lockOf(today, undefined).hash).not.toBe(lockOf(later, undefined).hash)
  })

  it('has a JSON Schema of each', () => {
    const documents = schemaDocuments(today)
    expect(Object.keys(documents)).toEqual(expect.arrayContaining(['OrderPlaced', 'OrderPlacedV1']))
    expect(documents['OrderPlacedV1']).toMatchObject({
      description: 'Data of the event orders.order-placed.v1.',
      required: ['cents', 'orderId'],
    })
  })

  it('has a channel in AsyncAPI for each that is announced', async () => {
    const document: any = asyncApiOf(today)
    const { diagnostics } = await new Parser().parse(JSON.stringify(document))
    expect(diagnostics.filter(({ severity }: { severity: number }) => severity === 0)).toEqual([])
    expect(document.channels).toMatchObject({
      orderPlaced: { address: 'orders.order-placed.v2' },
      orderPlacedV1: { address: 'orders.order-placed.v1' },
    })
    expect(document.components.schemas.OrderPlacedV1Envelope.properties).toMatchObject({
      copyof: {},
      type: { const: 'orders.order-placed.v1' },
    })
    expect(document.components.schemas.OrderPlacedEnvelope.properties).not.toHaveProperty('copyof')
    const afterwards: any = asyncApiOf(later)
    expect(Object.keys(afterwards.channels)).toEqual(['orderPlaced'])
  })
})

describe('what carries data from version to version', () => {
  it('is held to data of each when artefacts are written', () => {
    expect(() => requireCasts(today)).not.toThrow()
    const misread = orders(
      event({
        ...now,
        previous: { ...ways, upcast: ({ orderId, cents }) => ({ orderId, price: { amount: cents - 1, currency: 'EUR' } }) },
      }),
    )
    expect(() => requireCasts(misread)).toThrow(
      /^orders.order-placed.v1 cannot be read as orders.order-placed.v2: price.amount: .*"cents":0/,
    )
    const mistold = orders(
      event({ ...now, previous: { ...ways, downcast: ({ orderId, price }) => ({ orderId, cents: price.currency === 'GBP' ? -1 : 0 }) } }),
    )
    expect(() => requireCasts(mistold)).toThrow(/^orders.order-placed.v2 cannot be told as orders.order-placed.v1: cents: .*"GBP"/)
  })
})

describe('the gate', () => {
  const pact = {
    consumer: { name: 'printer' },
    interactions: [
      { description: 'prints', metadata: { 'ce-type': 'orders.order-placed.v1' }, contents: { content: { data: { cents: 1 } } } },
    ],
  }
  const found = (before: typeof atFirst, after: typeof atFirst) =>
    findingsOf({ before: [loadedVersion(before)], after: [loadedVersion(after)] }, conversationsIn(pact)).map(
      ({ level, said, readers }) => [level, said, ...readers.map(({ consumer }) => consumer)],
    )

  it('lets a new version pass, and says what is read as it', () => {
    expect(found(atFirst, today)).toEqual([
      ['minor', 'was added on orders.order-placed.v2; messages on orders.order-placed.v1 are read as it'],
    ])
  })

  it('names who reads the version that is not told any more', () => {
    expect(found(today, later)).toEqual([
      ['breaking', 'is not told on orders.order-placed.v1 any more: who reads this version hears nothing', 'printer'],
    ])
  })

  it('shows by a message of old that nothing good is made of it, where only the lock of old is left too', () => {
    const misread = orders(
      event({
        ...now,
        previous: { ...ways, upcast: ({ orderId, cents }) => ({ orderId, price: { amount: cents - 1, currency: 'EUR' } }) },
      }),
    )
    for (const before of [loadedVersion(atFirst), lockedVersion(lockOf(atFirst, undefined))]) {
      const [broken] = findingsOf({ before: [before], after: [loadedVersion(misread)] }, [])
      expect(broken).toMatchObject({ level: 'breaking', aspect: 'upcast', refusal: { writtenBy: 'before', refusedBy: 'after' } })
      expect(broken?.witness?.payload).toMatchObject({ cents: 0 })
      expect(broken?.witness?.refusal).toContain('price.amount: ')
    }
  })
})
