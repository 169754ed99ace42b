import { expect, it } from 'vitest'
import { natsPermissions } from './nats-permissions.ts'

it.each(['*', '>', 'orders.payments', 'Orders', '', 'dlq', 'replies', 'operator', '$JS'])('refuses a service called "%s"', (service) => {
  expect(() => natsPermissions({ service })).toThrow(TypeError)
  expect(() => natsPermissions({ service: 'orders', uses: [service] })).toThrow(TypeError)
  expect(() => natsPermissions({ service: 'orders', usedBy: [service] })).toThrow(TypeError)
})

it('lets a service that reacts to nothing read nobody’s events', () => {
  const { publish } = natsPermissions({ service: 'orders', uses: ['payments'] })
  expect(publish.allow.filter((subject) => subject.includes('EVENTS_payments'))).toEqual([])
})
