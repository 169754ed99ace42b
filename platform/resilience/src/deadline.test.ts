import { newTrace, type CallContext } from '@observability/telemetry'
import { describe, expect, it } from 'vitest'
import { remainingMs, withDeadline } from './deadline.ts'

const context: CallContext = { requestId: 'r-1', trace: newTrace() }

describe('a deadline', () => {
  it('is unknown where none was set', () => {
    expect(remainingMs(undefined)).toBeUndefined()
    expect(remainingMs(context)).toBeUndefined()
  })

  it('never leaves less than nothing', () => {
    expect(remainingMs({ ...context, deadlineAt: performance.now() - 1_000 })).toBe(0)
  })

  it('leaves at most the time that was given', () => {
    const left = remainingMs(withDeadline(context, 60_000))
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThanOrEqual(60_000)
  })

  it('is kept when it ends before the new one', () => {
    const hurried = withDeadline(context, 1_000)
    expect(withDeadline(hurried, 60_000)).toBe(hurried)
  })

  it('is taken back when the new one ends sooner', () => {
    const patient = withDeadline(context, 60_000)
    expect(withDeadline(patient, 1_000).deadlineAt).toBeLessThan(patient.deadlineAt ?? 0)
  })
})
