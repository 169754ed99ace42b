import { expect, it } from 'vitest'
import { inWords, type HistoryStep } from './step-in-words.ts'

const step: HistoryStep = { step: 'charge', direction: 'do', status: 'done', attempts: 1, durationMs: 34, traceId: '1' }

it('says how long a step took', () => {
  expect(inWords(step)).toBe('charge             ✓ 34 ms')
  expect(inWords({ ...step, direction: 'undo', attempts: 2 })).toBe('charge             ↩ 34 ms, 2 attempts')
})

it('says why a step was refused, and what is left', () => {
  const { durationMs: _none, ...refused } = { ...step, step: 'reserve stock', status: 'refused' as const, reason: 'out_of_stock' }
  expect(inWords({ ...refused, detail: { sku: 'POT-CAST-IRON', available: '12' } })).toBe('reserve stock      ✗ out_of_stock (12 left)')
})
