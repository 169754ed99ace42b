import { failed } from '@ashlar/contract'
import { openPact } from '@ashlar/testing/pact'
import { payments } from '@contracts/payments'
import { it } from 'vitest'
import { checkout } from '../src/sagas/checkout.ts'
import { checkoutOf } from './checkouts.ts'

const pact = openPact({ consumer: 'orders', provider: payments, contracts: new URL('../../../contracts/', import.meta.url) })

it('takes the money', () =>
  pact.step(checkout, 'a card that is good', {
    step: 'charge',
    direction: 'do',
    state: checkoutOf('20'),
    answer: { chargeId: '01935b00-0000-7000-8000-00000000f002' },
  }))

it('turns round when the card is declined', () =>
  pact.step(checkout, 'a card that is declined', {
    step: 'charge',
    direction: 'do',
    state: checkoutOf('21', { token: 'tok_declined' }),
    answer: failed('card_declined', { declineCode: 'insufficient_funds' }),
  }))

it('charges nothing for an order that was given up', () => {
  const state = checkoutOf('22')
  return pact.step(checkout, 'an order that was refunded before', {
    step: 'charge',
    direction: 'do',
    given: [{ name: 'an order was refunded', parameters: { orderId: state.orderId } }],
    state,
    answer: failed('charge_cancelled'),
  })
})

it('gives the money back', () => {
  const state = checkoutOf('23')
  return pact.step(checkout, 'an order that was paid', {
    step: 'charge',
    direction: 'undo',
    given: [{ name: 'an order is paid', parameters: { orderId: state.orderId } }],
    state,
    answer: { outcome: 'refunded' },
  })
})

it('is committed as it was told', () => pact.isKept())
