import { expect, it } from 'vitest'
import { readStepKey, slugOf, stepKeyOf } from './step-key.ts'

it('writes keys that say saga, step, direction and generation, and reads them back', () => {
  const parts = {
    sagaId: '01935b00-0000-7000-8000-000000000000',
    slug: slugOf('Reserve stock!'),
    direction: 'undo',
    generation: 3,
  } as const
  expect(stepKeyOf(parts)).toBe('01935b00-0000-7000-8000-000000000000/reserve-stock/undo/3')
  expect(readStepKey(stepKeyOf(parts))).toEqual(parts)
})

it.each(['', 'x', 'a/b/do', 'a/b/redo/1', 'a/b/do/0', 'a/b/c/do/1'])('does not take %j for a step key', (text) => {
  expect(readStepKey(text)).toBeUndefined()
})
