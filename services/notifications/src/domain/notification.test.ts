import { expect, it } from 'vitest'
import { tell, type OrderNews } from './notification.ts'

const news: OrderNews = { kind: 'order_confirmed', orderId: 'o1', customerId: 'c1', total: { amountMinor: 2505, currency: 'EUR' } }

it('names what was paid', () => {
  expect(tell('n1', news).text).toContain('25.05 EUR')
})

it('says why an order could not be kept', () => {
  expect(tell('n1', { ...news, kind: 'order_rejected', reason: 'card_declined' }).text).toBe(
    'Your card was declined. You have paid nothing.',
  )
})

it('has words for a reason it does not know', () => {
  expect(tell('n1', { ...news, kind: 'order_rejected', reason: 'timed_out' }).text).toContain('went wrong')
})
