import { expect, it } from 'vitest'
import type { LogKind } from '../core/saga.ts'
import { stepsIn, type LogRow } from './saga-history.ts'

let second = 0
function line(kind: LogKind, step: string | null = 'charge', more: Partial<LogRow> = {}): LogRow {
  second += 1
  return {
    at: new Date(second * 1_000),
    kind,
    step,
    direction: step === null ? null : 'do',
    code: null,
    detail: null,
    trace_id: 't',
    ...more,
  }
}

it('shows a step that is waited for as pending, however often it was sent', () => {
  expect(stepsIn([line('started', null), line('sent'), line('unanswered'), line('sent')])).toEqual([
    { step: 'charge', direction: 'do', status: 'pending', attempts: 2, startedAt: expect.any(String), traceId: 't' },
  ])
})

it('shows a step that was given up on as unknown, and its undo as a step of its own', () => {
  const log = [line('sent'), line('unanswered'), line('compensating', null), line('sent', 'charge', { direction: 'undo' })]
  expect(stepsIn(log)).toMatchObject([
    { direction: 'do', status: 'unknown', durationMs: 1_000 },
    { direction: 'undo', status: 'pending' },
  ])
})

it('shows where a saga is stuck, with the refusal; once it went well the refusal is history', () => {
  const refused = [line('sent'), line('refused', 'charge', { code: 'card_declined', detail: { why: 'so' } }), line('needs_attention')]
  expect(stepsIn(refused)).toMatchObject([{ status: 'stuck', code: 'card_declined', detail: { why: 'so' }, durationMs: 1_000 }])
  const [resumed] = stepsIn([...refused, line('resumed'), line('sent'), line('done')])
  expect(resumed).toMatchObject({ status: 'done', attempts: 2, durationMs: 5_000 })
  expect(resumed).not.toHaveProperty('code')
})

it('is not changed by replies that come too late', () => {
  const log = [line('sent'), line('done')]
  expect(stepsIn([...log, line('late', 'charge', { code: 'card_declined' })])).toEqual(stepsIn(log))
})
