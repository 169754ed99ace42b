import { failed } from '@ashlar/contract'
import { openPact } from '@ashlar/testing/pact'
import { shipping } from '@contracts/shipping'
import { it } from 'vitest'
import { checkout } from '../src/sagas/checkout.ts'
import { checkoutOf } from './checkouts.ts'

const pact = openPact({ consumer: 'orders', provider: shipping, contracts: new URL('../../../contracts/', import.meta.url) })

it('has the parcel picked up', () =>
  pact.step(checkout, 'a country that is served', {
    step: 'schedule shipment',
    direction: 'do',
    state: checkoutOf('30'),
    answer: { shipmentId: '01935b00-0000-7000-8000-00000000f003' },
  }))

it('turns round where nobody delivers', () =>
  pact.step(checkout, 'a country that is not served', {
    step: 'schedule shipment',
    direction: 'do',
    state: checkoutOf('31', { country: 'AQ' }),
    answer: failed('address_not_served', { country: 'AQ' }),
  }))

it('is committed as it was told', () => pact.isKept())
