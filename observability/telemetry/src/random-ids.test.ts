import { expect, it } from 'vitest'
import { newSpanId, newTraceId } from './random-ids.ts'

const many = 500

it.each([
  ['a trace', newTraceId, /^[0-9a-f]{32}$/],
  ['a span', newSpanId, /^[0-9a-f]{16}$/],
])('gives %s an id that nothing else has', (_what, newId, form) => {
  const ids = Array.from({ length: many }, newId)
  expect(new Set(ids).size).toBe(many)
  expect(ids.filter((id) => !form.test(id))).toEqual([])
})

it.each([
  ['the id of a span', 0, newSpanId],
  ['the end of a trace’s id, which sampling decides by', 18, newTraceId],
])('leaves no digit of %s to anything but chance', (_what, from, newId) => {
  const ids = Array.from({ length: many }, newId)
  const digits = Array.from({ length: ids[0]?.length ?? 0 }, (_, place) => new Set(ids.map((id) => id[place])).size)
  expect(digits.slice(from).filter((different) => different < 16)).toEqual([])
})
