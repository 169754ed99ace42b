import { argon2Sync } from 'node:crypto'
import { given, noDatabase } from '@ashlar/testing'
import { expect, it } from 'vitest'
import { argonPasswords } from '../adapters/argon-passwords.ts'
import { openSession } from '../domain/session.ts'
import { idNumber, usersInMemory } from '../testing/users-in-memory.ts'
import { getPublishedKeys } from './get-published-keys.ts'
import { registerUser } from './register-user.ts'
import { signIn } from './sign-in.ts'

const ada = { email: 'ada@example.com', password: 'correct horse', name: 'Ada' }

async function whereAdaIsRegistered() {
  const needs = usersInMemory()
  await given(needs).when(registerUser, ada).thenAnswers({})
  return needs
}

it('opens a session for the right password, in whatever letters the address is written', async () => {
  const scenario = given(await whereAdaIsRegistered()).when(signIn, { email: 'ADA@example.com', password: ada.password })
  await scenario.thenAnswers({
    accessToken: `${idNumber(1)} in ${idNumber(2)}`,
    tokenType: 'Bearer',
    expiresInSeconds: 900,
    refreshToken: 'refresh-1',
  })
  await scenario.thenEmitsNothing()
})

it('answers a wrong password and an unknown address alike, and works as hard for both', async () => {
  const checked: (string | undefined)[] = []
  const real = argonPasswords()
  const verify = (password: string, hash: string | undefined) => {
    checked.push(hash)
    return real.verify(password, hash)
  }
  const needs = { ...(await whereAdaIsRegistered()), passwords: { ...real, verify } }
  await given(needs).when(signIn, { email: ada.email, password: 'wrong horse' }).thenRefuses('invalid_credentials')
  await given(needs).when(signIn, { email: 'nobody@example.com', password: ada.password }).thenRefuses('invalid_credentials')
  expect(checked).toEqual([expect.stringMatching(/^\$argon2id/), undefined])
})

it('renews a hash that was made more cheaply than today’s', async () => {
  const needs = usersInMemory()
  const user = { id: idNumber(8), email: ada.email, name: 'Ada', createdAt: '2020-01-01T00:00:00.000Z' }
  await needs.users.insert(noDatabase, user, cheapHashOf(ada.password))
  await given(needs).when(signIn, { email: ada.email, password: ada.password }).thenAnswers({})
  const kept = await needs.users.credentialsOf(noDatabase, ada.email)
  expect(kept?.passwordHash).toContain('m=19456,t=2,p=1')
  await given(needs).when(signIn, { email: ada.email, password: ada.password }).thenAnswers({})
})

it('sweeps away sessions that are over', async () => {
  const needs = await whereAdaIsRegistered()
  const old = openSession({ id: idNumber(7), userId: idNumber(1), at: new Date('2025-01-01T00:00:00.000Z') })
  await needs.sessions.open(noDatabase, old, 'digest')
  await given(needs).when(signIn, { email: ada.email, password: ada.password }).thenAnswers({})
  expect(await needs.sessions.forgetExpired(noDatabase, needs.clock.time)).toBe(0)
})

it('has its keys published', async () => {
  const { accessTokens } = usersInMemory()
  await given({ accessTokens })
    .when(getPublishedKeys, {}, { service: 'gateway' })
    .thenAnswers({ keys: [...accessTokens.publishedKeys()] })
})

function cheapHashOf(message: string): string {
  const nonce = Buffer.from('a salt of 16 byt')
  const hash = argon2Sync('argon2id', { message, nonce, memory: 8_192, passes: 1, parallelism: 1, tagLength: 32 })
  const [salt, digest] = [nonce, hash].map((bytes) => bytes.toString('base64').replaceAll('=', ''))
  return `$argon2id$v=19$m=8192,t=1,p=1$${salt}$${digest}`
}
