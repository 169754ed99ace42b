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

  it('is not a message that quotes what was given', () => {
    const refused = Object.assign(new Error('invalid input syntax for type uuid: "ada@example.org"'), { code: '22P02' })
    const unread = (): unknown => JSON.parse('ada@example.org')
    for (const thrown of [refused, thrownBy(unread)]) {
      const told = JSON.stringify(describeFully(new Error('no order', { cause: thrown })))
      expect(told).not.toMatch(/ada@|example/)
      expect(told).toContain('describe-thrown.test.ts')
    }
  })

  it('names those that were thrown together', () => {
    const told = describeFully(new AggregateError([new Error('first'), Object.assign(new Error('second'), { secret: 'x' })], 'both failed'))
    expect(told.errors).toEqual([
      { name: 'Error', message: 'first' },
      { name: 'Error', message: 'second' },
    ])
  })

  it('ends where causes go in circles', () => {
    const thrown = new Error('round')
    thrown.cause = thrown
    expect(JSON.stringify(describeThrown(thrown)).match(/"round"/g)).toHaveLength(6)
    expect(describeFully(thrown).stack.match(/^(caused by: )?Error: round$/gm)).toHaveLength(6)
  })
})

function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}
