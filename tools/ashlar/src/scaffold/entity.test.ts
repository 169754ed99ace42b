import { expect, it } from 'vitest'
import { entityOf } from './entity.ts'

it.each([
  ['reviews', 'review', 'reviews'],
  ['deliveries', 'delivery', 'deliveries'],
  ['addresses', 'address', 'addresses'],
  ['boxes', 'box', 'boxes'],
])('says one of many %s is a %s', (service, one, table) => {
  expect(entityOf(service)).toMatchObject({ one, words: one, file: one, table })
})

it.each(['billing', 'status', 'news', 'references', 'texts', 'access'])(
  'says one of %s is an entry, since there is no word for it',
  (service) => {
    expect(entityOf(service)).toEqual({
      service,
      one: `${service}Entry`,
      type: `${service.slice(0, 1).toUpperCase()}${service.slice(1)}Entry`,
      words: `${service} entry`,
      file: `${service}-entry`,
      table: `${service}_entries`,
    })
  },
)
