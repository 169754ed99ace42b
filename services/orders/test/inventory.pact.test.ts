import { failed } from '@ashlar/contract'
import { openPact } from '@ashlar/testing/pact'
import { inventory } from '@contracts/inventory'
import { it } from 'vitest'
import { checkout } from '../src/sagas/checkout.ts'
import { checkoutOf } from './checkouts.ts'

const pact = openPact({ consumer: 'orders', provider: inventory, contracts: new URL('../../../contracts/', import.meta.url) })
const reservationId = '01935b00-0000-7000-8000-00000000f001'
const reserved = (state: { orderId: string }) => ({ name: 'stock is reserved for an order', parameters: { orderId: state.orderId } })

it('sets stock aside', () =>
  pact.step(checkout, 'stock that is there', {
    step: 'reserve stock',
    direction: 'do',
    state: checkoutOf('10'),
    answer: { reservationId },
  }))

it('turns round when something is out of stock', () =>
  pact.step(checkout, 'more than there is', {
    step: 'reserve stock',
    direction: 'do',
    state: checkoutOf('11', { quantity: 50_000 }),
    answer: failed('out_of_stock', { sku: 'TEA-EARL-GREY', available: 200 }),
  }))

it('reserves nothing for an order that was given up', () => {
  const state = checkoutOf('12')
  return pact.step(checkout, 'an order whose stock was released before', {
    step: 'reserve stock',
    direction: 'do',
    given: [{ name: 'the stock of an order was released', parameters: { orderId: state.orderId } }],
    state,
    answer: failed('reservation_released'),
  })
})

it('gives stock back', () => {
  const state = checkoutOf('13')
  return pact.step(checkout, 'stock that was reserved', {
    step: 'reserve stock',
    direction: 'undo',
    given: [reserved(state)],
    state,
    answer: { outcome: 'released' },
  })
})

it('cannot give back what is sold', () => {
  const state = checkoutOf('14')
  return pact.step(checkout, 'stock that is sold', {
    step: 'reserve stock',
    direction: 'undo',
    given: [reserved(state), { name: 'the stock of an order is sold', parameters: { orderId: state.orderId } }],
    state,
    answer: failed('already_sold'),
  })
})

it('sells what it reserved', () => {
  const state = checkoutOf('15')
  return pact.step(checkout, 'stock that was reserved', {
    step: 'commit stock',
    direction: 'do',
    given: [reserved(state)],
    state,
    answer: { reservationId },
  })
})

it('hears when there is nothing to sell', () =>
  pact.step(checkout, 'an order without a reservation', {
    step: 'commit stock',
    direction: 'do',
    state: checkoutOf('16'),
    answer: failed('nothing_reserved'),
  }))

it('is committed as it was told', () => pact.isKept())
