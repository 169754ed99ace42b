import { describe, expect, it } from 'vitest'
import type { Catalogue } from '@contracts/catalogue'
import type { OutputOf } from '@ashlar/contract'
import { ask, askFor, type StartedShop } from '../../harness/index.ts'

type Page = OutputOf<Catalogue['operations']['listProducts']>

const product = {
  id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  sku: expect.stringMatching(/^[A-Z0-9-]+$/),
  name: expect.any(String),
  description: expect.any(String),
  category: expect.stringMatching(/^[a-z-]+$/),
  price: { amountMinor: expect.any(Number), currency: 'EUR' },
}

/** Looking around in the shop, which anybody may. */
export function products(shop: StartedShop): void {
  const browse = (query = '') => askFor<Page>(200, shop.url, { path: `/v1/products${query}` })
  const refused = (query: string) => ask(shop.url, { path: `/v1/products${query}` })

  describe('products', () => {
    it('shows twenty at first, each whole, and where the next page begins', async () => {
      const { items, nextCursor } = await browse()
      expect(items).toHaveLength(20)
      for (const item of items) expect(item).toEqual(product)
      expect(nextCursor).toEqual(expect.any(String))
    })

    it('goes through all of them once, page by page', async () => {
      const seen: string[] = []
      let cursor: string | undefined = ''
      while (cursor !== undefined) {
        const page: Page = await browse(`?limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`)
        expect(page.items.length).toBeLessThanOrEqual(7)
        seen.push(...page.items.map(({ sku }) => sku))
        cursor = page.nextCursor
      }
      const all = await browse('?limit=100')
      expect(all).toEqual({ items: expect.any(Array) })
      expect(seen).toEqual(all.items.map(({ sku }) => sku))
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.length).toBeGreaterThanOrEqual(40)
    })

    it('finds by name, whatever the letter case', async () => {
      const { items } = await browse('?search=eARL%20g')
      expect(items.map(({ sku }) => sku)).toEqual(['TEA-EARL-GREY'])
      expect(await browse('?search=nothing+of+the+kind')).toEqual({ items: [] })
    })

    it('keeps to a category, on every page', async () => {
      const { items, nextCursor } = await browse('?category=coffee&limit=3')
      const rest = await browse(`?category=coffee&cursor=${nextCursor}`)
      const categories = [...items, ...rest.items].map(({ category }) => category)
      expect(new Set(categories)).toEqual(new Set(['coffee']))
      expect(categories.length).toBeGreaterThan(3)
    })

    it('shows one product', async () => {
      const [first] = (await browse('?limit=1')).items
      const answer = await ask(shop.url, { path: `/v1/products/${first?.id}` })
      expect([answer.status, answer.body]).toEqual([200, first])
    })

    it('does not know a product that is not there', async () => {
      const answer = await ask(shop.url, { path: '/v1/products/01935b00-7e57-7000-8000-00000000ffff' })
      expect(answer).toBeProblem(404, 'product_not_found')
      expect(await ask(shop.url, { path: '/v1/products/tea' })).toBeProblem(400, 'invalid_input', { issueAt: ['productId'] })
    })

    it('names the parameter it cannot use', async () => {
      expect(await refused('?limit=0')).toBeProblem(400, 'invalid_input', { issueAt: ['limit'] })
      expect(await refused('?limit=101')).toBeProblem(400, 'invalid_input', { issueAt: ['limit'] })
      expect(await refused('?limit=many')).toBeProblem(400, 'invalid_input', { issueAt: ['limit'] })
      expect(await refused('?colour=red')).toBeProblem(400, 'invalid_input', { issueAt: ['colour'] })
      expect(await refused('?limit=1&limit=2')).toBeProblem(400, 'invalid_input', { issueAt: ['limit'] })
      expect(await refused('?cursor=made-up')).toBeProblem(400, 'invalid_cursor')
    })
  })
}
