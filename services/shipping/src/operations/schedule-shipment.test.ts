import { given } from '@ashlar/testing'
import { shipmentScheduled } from '@contracts/shipping'
import { it } from 'vitest'
import { inMemoryShipmentStore } from '../adapters/in-memory-shipment-store.ts'
import { scheduleShipment } from './schedule-shipment.ts'

const orderId = '01935b00-0000-7000-8000-000000000001'
const shipTo = { name: 'Ada', line1: '12 St James’s Square', city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' }

function shippingTo(...countries: string[]) {
  let made = 0
  const next = () => `01935b00-0000-7000-8000-00000000010${(made += 1)}`
  return { shipments: inMemoryShipmentStore(), ids: { next }, servedCountries: new Set(countries) }
}

it('schedules a parcel and announces where it goes', async () => {
  const scenario = given(shippingTo('GB')).when(scheduleShipment, { orderId, shipTo })
  await scenario.thenAnswers({ shipmentId: '01935b00-0000-7000-8000-000000000101' })
  await scenario.thenEmits(shipmentScheduled, { orderId, country: 'GB' })
})

it('refuses a country we do not ship to, and announces nothing', async () => {
  const scenario = given(shippingTo('DE')).when(scheduleShipment, { orderId, shipTo })
  await scenario.thenRefuses('address_not_served', { country: 'GB' })
  await scenario.thenEmitsNothing()
})

it('answers a repeat with the parcel it made before', async () => {
  const needs = shippingTo('GB')
  await given(needs).when(scheduleShipment, { orderId, shipTo }).thenAnswers({})
  const repeat = given(needs).when(scheduleShipment, { orderId, shipTo })
  await repeat.thenAnswers({ shipmentId: '01935b00-0000-7000-8000-000000000101' })
  await repeat.thenEmitsNothing()
})

it('stays with a refusal although we serve the country by now', async () => {
  const needs = shippingTo('DE')
  await given(needs).when(scheduleShipment, { orderId, shipTo }).thenRefuses('address_not_served')
  const later = given({ ...needs, servedCountries: new Set(['GB']) }).when(scheduleShipment, { orderId, shipTo })
  await later.thenRefuses('address_not_served', { country: 'GB' })
})
