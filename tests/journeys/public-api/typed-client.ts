import type { GatewayRouter } from '@ashlar/contract'
import type { catalogue } from '@contracts/catalogue'
import type { orders } from '@contracts/orders'
import type { users } from '@contracts/users'
import { createTRPCClient, httpBatchLink, httpLink, TRPCClientError } from '@trpc/client'
import { describe, expect, it } from 'vitest'
import { ask, homeAddress, type Customer, type StartedShop } from '../../harness/index.ts'

type ShopRouter = GatewayRouter<{ users: typeof users; catalogue: typeof catalogue; orders: typeof orders }>

const links = { httpLink, httpBatchLink }

/** What a TypeScript client sees: the contracts, through tRPC's own client. */
export function typedClient(shop: StartedShop): void {
  describe.each(Object.keys(links) as (keyof typeof links)[])('a typed client by %s', (link) => {
    const clientOf = (customer?: Customer, headers = {}) =>
      createTRPCClient<ShopRouter>({
        links: [
          links[link]({
            url: `${shop.url}/trpc`,
            headers: { ...headers, ...(customer && { authorization: `Bearer ${customer.session.accessToken}` }) },
          }),
        ],
      })

    it('asks several services, at once', async () => {
      const customer = await shop.customer('Hedy')
      const client = clientOf(customer)
      const [page, me, mine] = await Promise.all([
        client.catalogue.listProducts.query({ search: 'earl grey' }),
        client.users.getMe.query({}),
        client.orders.listOrders.query({}),
      ])
      expect(page.items.map(({ sku }) => sku)).toEqual(['TEA-EARL-GREY'])
      expect([me.id, me.name]).toEqual([customer.id, 'Hedy'])
      expect(mine).toEqual({ items: [] })
    })

    it('places an order and watches it to its end', async () => {
      const client = clientOf(await shop.customer(), { 'idempotency-key': `typed-${link}` })
      const { id } = await client.orders.placeOrder.mutate({
        lines: [{ sku: 'TEA-ASSAM', quantity: 1 }],
        payment: { method: 'card', token: 'tok_visa' },
        shipTo: homeAddress,
      })
      await expect.poll(async () => (await client.orders.getOrder.query({ orderId: id })).status, { timeout: 60_000 }).toBe('confirmed')
    })

    it('is told each refusal with its reason, and what it carries', async () => {
      const client = clientOf(await shop.customer(), { 'idempotency-key': 'refused' })
      const unknown = client.orders.placeOrder.mutate({
        lines: [{ sku: 'TEA-OF-THE-GODS', quantity: 1 }],
        payment: { method: 'card', token: 'tok_visa' },
        shipTo: homeAddress,
      })
      const nowhere = client.catalogue.getProduct.query({ productId: 'tea' })
      const [{ shape: refusal }, { shape: invalid }] = await Promise.all([errorOf(unknown), errorOf(nowhere)])
      expect(refusal).toMatchObject({
        data: { code: 'NOT_FOUND', httpStatus: 404, reason: 'unknown_product', details: { sku: 'TEA-OF-THE-GODS' } },
      })
      expect(invalid).toMatchObject({ data: { httpStatus: 400, reason: 'invalid_input', issues: [{ path: ['productId'] }] } })
    })

    it('fails for one call of several without failing the others', async () => {
      const client = clientOf()
      const [page, me] = await Promise.allSettled([client.catalogue.listProducts.query({ limit: 1 }), client.users.getMe.query({})])
      expect(page.status).toBe('fulfilled')
      expect(me).toMatchObject({ status: 'rejected', reason: { shape: { data: { httpStatus: 401, reason: 'unauthenticated' } } } })
    })
  })

  describe('the typed face of the door', () => {
    it.each([
      'inventory.reserveStock',
      'payments.charge',
      'payments.refund',
      'shipping.scheduleShipment',
      'users.getPublishedKeys',
      'users.getUser',
      'catalogue.priceLines',
    ])('does not know %s, which only services may call', async (operation) => {
      const customer = await shop.customer()
      const answer = await customer.asks({ method: 'POST', path: `/trpc/${operation}`, body: {} })
      expect([answer.status, answer.body.error.data]).toMatchObject([404, { httpStatus: 404, reason: 'unknown_operation' }])
    })

    it('answers the current version by its number too, and none that never was', async () => {
      const query = encodeURIComponent(JSON.stringify({ limit: 1 }))
      expect((await ask(shop.url, { path: `/trpc/catalogue_v1.listProducts?input=${query}` })).body.result.data.items).toHaveLength(1)
      expect((await ask(shop.url, { path: `/trpc/catalogue_v2.listProducts?input=${query}` })).status).toBe(404)
    })

    it('changes nothing by GET', async () => {
      const answer = await ask(shop.url, { path: '/trpc/users.registerUser?input=%7B%7D' })
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
      expect(answer.body.error.data).toMatchObject({ code: 'METHOD_NOT_SUPPORTED', reason: 'method_not_supported' })
    })
  })
}

async function errorOf(asking: Promise<unknown>): Promise<TRPCClientError<ShopRouter>> {
  const error = await asking.then(
    () => new Error('it was answered'),
    (cause: unknown) => cause,
  )
  if (error instanceof TRPCClientError) return error
  throw error
}
