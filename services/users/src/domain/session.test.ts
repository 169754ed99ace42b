import { expect, it } from 'vitest'
import { isOver, openSession } from './session.ts'

const session = openSession({ id: 's1', userId: 'u1', at: new Date('2026-01-01T12:00:00.000Z') })

it('ends thirty days after it was opened', () => {
  expect(session.expiresAt.toISOString()).toBe('2026-01-31T12:00:00.000Z')
})

it('is over from its last moment on', () => {
  expect(isOver(session, new Date('2026-01-31T11:59:59.999Z'))).toBe(false)
  expect(isOver(session, new Date('2026-01-31T12:00:00.000Z'))).toBe(true)
})
