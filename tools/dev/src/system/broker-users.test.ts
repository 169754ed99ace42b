import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { brokerUsers } from './broker-users.ts'
import { findServices } from './programs.ts'

const root = resolve(import.meta.dirname, '..', '..', '..', '..')
const users = brokerUsers(root, findServices(root))
const may = (name: string): readonly string[] => users.find((user) => user.name === name)?.permissions?.publish.allow ?? []

it('makes a user for each service and one who may do everything', () => {
  expect(users.map(({ name }) => name)).toEqual([...findServices(root), 'operator'])
  expect(users.filter(({ permissions }) => permissions === undefined).map(({ name }) => name)).toEqual(['operator'])
})

it('lets a service read events through one consumer for each of its reactions', () => {
  const reading = may('notifications').filter((subject) => subject.startsWith('$JS.API.CONSUMER.MSG.NEXT.EVENTS_orders.'))
  expect(reading.map((subject) => subject.split('.').at(-1))).toEqual(
    ['cancelled', 'confirmed', 'rejected'].map((end) => `notifications__on-order-${end}`),
  )
})

it('lets a service that reacts to nothing read no events', () => {
  expect(may('shipping').filter((subject) => /^\$JS\.API\.CONSUMER.*EVENTS_/.test(subject))).toEqual([])
})

it.each(['inventory', 'payments', 'shipping'])('lets orders ask %s, which may answer', (participant) => {
  expect(may('orders')).toContain(`${participant}.*.command.*`)
  expect(may(participant)).toContain('replies.orders')
})

it('lets nobody command or answer a service it has no business with', () => {
  const reaching = (subject: string) => findServices(root).filter((name) => may(name).includes(subject))
  expect(reaching('replies.orders')).toEqual(['catalogue', 'inventory', 'orders', 'payments', 'shipping'])
  expect(reaching('payments.*.command.*')).toEqual(['orders', 'payments'])
  expect(
    findServices(root)
      .flatMap(may)
      .filter((subject) => /^(\*|>)|^replies\.[*>]/.test(subject)),
  ).toEqual([])
})
