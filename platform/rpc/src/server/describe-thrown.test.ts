import { describe, expect, it } from 'vitest'
import { describeFully, describeThrown } from './describe-thrown.ts'

describe('what the log is told of something thrown', () => {
  it('is its name, message and code, and those of its causes', () => {
    const thrown = new TypeError('no order', { cause: Object.assign(new Error('duplicate key'), { code: '23505' }) })
    expect(describeThrown(thrown)).toEqual({
      name: 'TypeError',
      message: 'no order',
      cause: { name: 'Error', message: 'duplicate key', code: '23505' },
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
    expect(describeThrown({ password: 'x' })).toEqual({ name: 'object', message: 'something that is no Error was thrown' })
  })

  it('may be where it was thrown as well, and where its causes were', () => {
    const { name, stack } = describeFully(new TypeError('no order', { cause: new RangeError('no row') }))
    expect(name).toBe('TypeError')
    expect(stack).toMatch(/^TypeError: no order\n +at [^]*\ncaused by: RangeError: no row\n +at /)
  })

  it('ends where causes go in circles', () => {
    const thrown = new Error('round')
    thrown.cause = thrown
    expect(JSON.stringify(describeThrown(thrown)).match(/"round"/g)).toHaveLength(6)
    expect(describeFully(thrown).stack.match(/^(caused by: )?Error: round$/gm)).toHaveLength(6)
  })
})
