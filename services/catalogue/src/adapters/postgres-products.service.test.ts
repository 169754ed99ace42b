import { readFile } from 'node:fs/promises'
import type { Database } from '@ashlar/service'
import { serviceDatabase } from '@ashlar/testing'
import { createTestDatabase } from '@deploy/local/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresProducts } from './postgres-products.ts'
import { productStoreSuite, sampleProducts } from './product-store-suite.ts'

const migrations = new URL('../../migrations', import.meta.url)
const open = async (): Promise<Database> => serviceDatabase((await createTestDatabase('catalogue')).url, { name: 'catalogue', migrations })

describe('products in PostgreSQL', () => {
  let database: Database
  beforeAll(async () => {
    database = await open()
    for (const { id, sku, name, description, category, price } of sampleProducts)
      await database.query(
        'insert into products (id, sku, name, description, category, price_minor, currency) values ($1, $2, $3, $4, $5, $6, $7)',
        [id, sku, name, description, category, price.amountMinor, price.currency],
      )
  })
  afterAll(() => database.close())

  productStoreSuite(postgresProducts(), () => database)
})

describe('the seed', () => {
  let database: Database
  beforeAll(async () => void (database = await open()))
  afterAll(() => database.close())

  it('fills the shop once, however often it runs, with Earl Grey at 12.50', async () => {
    const seed = await readFile(new URL('../../seed.sql', import.meta.url), 'utf8')
    await database.query(seed)
    await database.query(seed)
    expect(await database.query('select count(*) as products from products')).toEqual([{ products: 42 }])
    const [earlGrey] = await postgresProducts().withSkus(database, ['TEA-EARL-GREY'])
    expect(earlGrey?.price).toEqual({ amountMinor: 1_250, currency: 'EUR' })
  })
})
