import { parseInput } from '@ashlar/contract'
import { given, noDatabase } from '@ashlar/testing'
import { userRegistered, users } from '@contracts/users'
import { expect, it } from 'vitest'
import { idNumber, usersInMemory } from '../testing/users-in-memory.ts'
import { getMe } from './get-me.ts'
import { getUser } from './get-user.ts'
import { registerUser } from './register-user.ts'

const ada = { email: 'Ada@Example.com', password: 'correct horse', name: 'Ada Lovelace' }

it('opens an account and announces it without saying whose it is', async () => {
  const needs = usersInMemory()
  const scenario = given(needs).when(registerUser, ada)
  const createdAt = '2026-01-01T12:00:00.000Z'
  await scenario.thenAnswers({ id: idNumber(1), email: ada.email, name: ada.name, createdAt })
  await scenario.thenEmits(userRegistered, { userId: idNumber(1), registeredAt: createdAt })
  expect(Object.keys(userRegistered.data.shape)).toEqual(['userId', 'registeredAt'])
})

it('keeps what the password hashes to, not the password', async () => {
  const needs = usersInMemory()
  await given(needs).when(registerUser, ada).thenAnswers({})
  const kept = await needs.users.credentialsOf(noDatabase, ada.email)
  expect(kept?.passwordHash).toMatch(/^\$argon2id\$/)
  expect(kept?.passwordHash).not.toContain(ada.password)
})

it('refuses an address that has an account in other letters, and announces nothing', async () => {
  const needs = usersInMemory()
  await given(needs).when(registerUser, ada).thenAnswers({})
  const again = given(needs).when(registerUser, { ...ada, email: 'ADA@example.COM' })
  await again.thenRefuses('email_taken')
  await again.thenEmitsNothing()
})

it('is shown to its customer, and to services that write to them', async () => {
  const needs = usersInMemory()
  await given(needs).when(registerUser, ada).thenAnswers({})
  await given(needs)
    .when(getMe, {}, { customer: idNumber(1) })
    .thenAnswers({ id: idNumber(1), email: ada.email })
  await given(needs)
    .when(getUser, { userId: idNumber(1) }, { service: 'notifications' })
    .thenAnswers({ name: ada.name })
})

it('is not found under another id', async () => {
  const needs = usersInMemory()
  await given(needs)
    .when(getMe, {}, { customer: idNumber(9) })
    .thenRefuses('user_not_found')
  await given(needs)
    .when(getUser, { userId: idNumber(9) })
    .thenRefuses('user_not_found')
})

it.each([' ', '\u00a0\u3000', '\u200b\u2060', 'Ada\n', '\u0000Ada'])(
  'refuses a name of blanks only, or with control characters: %j',
  (name) => {
    const parsed = (input: unknown) => parseInput(users.operations.registerUser, input)
    expect(parsed({ ...ada, name: ` ${ada.name}` })).toMatchObject({ name: ` ${ada.name}` })
    const issues = [{ path: ['name'], message: 'must not be blank, nor contain control characters' }]
    expect(() => parsed({ ...ada, name })).toThrow(expect.objectContaining({ issues }))
  },
)
