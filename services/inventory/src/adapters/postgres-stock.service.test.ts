import type { Database } from '@ashlar/service'
import { serviceDatabase } from '@ashlar/testing'
import { createTestDatabase } from '@deploy/local/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reserve } from '../domain/reservation.ts'
import { postgresStock } from './postgres-stock.ts'
import { firstStock, stockStoreSuite } from './stock-store-suite.ts'

let database: Database

beforeAll(async () => {
  const { url } = await createTestDatabase('inventory')
  database = await serviceDatabase(url, { name: 'inventory', migrations: new URL('../../migrations', import.meta.url) })
  for (const [sku, units] of Object.entries({ ...firstStock, 'CUP-STONEWARE': 20, 'WHISK-MATCHA': 20 }))
    await database.query('insert into stock (sku, on_hand, received) values ($1, $2, $2)', [sku, units])
})
afterAll(() => database.close())

describe('stock in PostgreSQL', () => {
  const stock = postgresStock()
  stockStoreSuite(stock, (work) => database.transaction(work))

  it('never sells more than there is, however many orders come at once and in whatever order they name things', async () => {
    const orders = Array.from({ length: 60 }, (_, index) => index)
    const outcomes = await Promise.all(
      orders.map((index) =>
        database.transaction(async (tx) => {
          const skus = index % 2 === 0 ? ['CUP-STONEWARE', 'WHISK-MATCHA'] : ['WHISK-MATCHA', 'CUP-STONEWARE']
          const lines = skus.map((sku) => ({ sku, quantity: 1 }))
          const orderId = `01935b00-0003-7000-8000-${String(index).padStart(12, '0')}`
          const decision = reserve(await stock.lock(tx, lines), { id: orderId.replace('0003', '0004'), orderId, lines })
          if (decision.kind === 'reserved') await stock.save(tx, decision, `reserve ${orderId}`)
          return decision.kind
        }),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'reserved')).toHaveLength(20)
    const levels = await database.query('select on_hand, reserved from stock where sku = any($1)', [['CUP-STONEWARE', 'WHISK-MATCHA']])
    expect(levels).toEqual([
      { on_hand: 0, reserved: 20 },
      { on_hand: 0, reserved: 20 },
    ])
  })

  it('cannot lose a unit: the table refuses it', async () => {
    await expect(database.query("update stock set on_hand = on_hand - 1 where sku = 'POT-GLASS'")).rejects.toThrow('nothing_lost')
  })
})
