import type { OutputOf } from '@ashlar/contract'
import type { Notifications } from '@contracts/notifications'
import { describe, expect, it } from 'vitest'
import type { StartedShop } from '../../harness/index.ts'

type Page = OutputOf<Notifications['operations']['listNotifications']>

/** What a customer was told, to be read again. */
export function notifications(shop: StartedShop): void {
  describe('notifications', () => {
    it('lists what a customer was told, newest first, page by page', async () => {
      const customer = await shop.customer()
      const read = async (query: string) => (await customer.asks<Page>({ path: `/v1/notifications${query}` })).body
      expect(await read('')).toEqual({ items: [] })

      const placed: string[] = []
      for (const card of ['tok_visa', 'tok_declined', 'tok_visa']) {
        const order = await customer.places({ card })
        placed.unshift(order.id)
        await expect.poll(async () => (await read('')).items[0]?.orderId, { timeout: 60_000 }).toBe(order.id)
      }
      const first = await read('?limit=2')
      const second = await read(`?limit=2&cursor=${first.nextCursor}`)
      expect(second.nextCursor).toBeUndefined()
      const told = [...first.items, ...second.items]
      expect(told.map(({ orderId }) => orderId)).toEqual(placed)
      expect(told.map(({ kind }) => kind)).toEqual(['order_confirmed', 'order_rejected', 'order_confirmed'])
      expect(told[1]).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        kind: 'order_rejected',
        orderId: placed[1],
        subject: 'We could not keep your order',
        text: 'Your card was declined. You have paid nothing.',
        sentAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      })
    })

    it('tells nobody what others were told', async () => {
      const [ada, bob] = await Promise.all([shop.customer(), shop.customer()])
      await expect(await ada.places()).toEndAs('confirmed')
      expect((await bob.asks({ path: '/v1/notifications' })).body).toEqual({ items: [] })
      expect(await bob.asks({ path: '/v1/notifications?cursor=bm8' })).toBeProblem(400, 'invalid_cursor')
    })
  })
}
