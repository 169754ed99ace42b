import { expect, it } from 'vitest'
import { schedule, type Shipment } from './shipment.ts'

const parcel: Shipment = {
  id: 's1',
  orderId: 'o1',
  shipTo: { name: 'Ada', line1: '12 St James’s Square', city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' },
}

it('schedules a parcel to a country we ship to', () => {
  expect(schedule(parcel, new Set(['DE', 'GB']))).toEqual({ kind: 'scheduled', shipment: parcel })
})

it('names the country it does not ship to', () => {
  expect(schedule(parcel, new Set(['DE']))).toEqual({ kind: 'refused', country: 'GB' })
})
