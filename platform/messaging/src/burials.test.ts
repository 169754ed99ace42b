import { expect, it } from 'vitest'
import { watchBurials } from './burials.ts'

const failed = { ok: false, reason: 'DEAD_LETTERS_orders is full' } as const

it('says why nothing can be set aside, until something can', () => {
  const burials = watchBurials()
  expect(burials.problem).toBeUndefined()
  burials.note(failed)
  expect(burials.problem).toBe(failed.reason)
  burials.note({ ok: true, id: 'one' })
  expect(burials.problem).toBeUndefined()
})

it('forgets a failure that another instance has made good', () => {
  let now = 0
  const burials = watchBurials(() => now)
  burials.note(failed)
  now = 60_000
  expect(burials.problem).toBe(failed.reason)
  burials.note(failed)
  now = 140_000
  expect(burials.problem).toBe(failed.reason)
  now = 151_000
  expect(burials.problem).toBeUndefined()
})
