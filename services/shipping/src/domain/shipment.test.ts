import { expect, it } from 'vitest'
import { schedule } from './shipment.ts'

const shipTo = { name: 'Ada', line1: '12 St James’s Square', city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' }
const parcel = { id: 's1', orderId: 'o1', shipTo }

it('schedules a parcel to a country we ship to', () => {
  expect(schedule(parcel, new Set(['DE', 'GB']))).toEqual({ ...parcel, status: 'scheduled' })
})

it('refuses a country we do not ship to', () => {
  expect(schedule(parcel, new Set(['DE'])).status).toBe('refused')
})
