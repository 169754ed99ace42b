import { describe, expect, it } from 'vitest'
import { describeThrown } from './describe-thrown.ts'

describe('what the log is told of something thrown', () => {
  it('is its kind, message and code, and those of its causes', () => {
    const thrown = new TypeError('no order', { cause: Object.assign(new Error('duplicate key'), { code: '23505' }) })
    expect(describeThrown(thrown)).toMatchObject({
      type: 'TypeError',
      message: 'no order',
      cause: { message: 'duplicate key', code: '23505' },
    })
  })

  it('is nothing that a driver hung onto it', () => {
    const thrown = Object.assign(new Error('duplicate key'), {
      detail: 'Key (email)=(ada@example.org) already exists.',
      parameters: ['ada@example.org'],
    })
    expect(JSON.stringify(describeThrown(thrown))).not.toContain('ada@example.org')
  })

  it('is nothing of a thrown value that is no error', () => {
    expect(describeThrown({ password: 'x' })).toEqual({ type: 'object', message: 'something that is no Error was thrown' })
  })

  it('ends where causes go in circles', () => {
    const thrown = new Error('round')
    thrown.cause = thrown
    expect(JSON.stringify(describeThrown(thrown)).match(/"round"/g)).toHaveLength(6)
  })
})
