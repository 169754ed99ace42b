import { given, noDatabase } from '@ashlar/testing'
import { it } from 'vitest'
import { openSession } from '../domain/session.ts'
import { idNumber, usersInMemory } from '../testing/users-in-memory.ts'
import { refreshSession } from './refresh-session.ts'
import { signOut } from './sign-out.ts'

// the session id that a scenario's customer comes with
const sessionId = 'scenario'
const userId = idNumber(1)

async function whereAdaIsSignedIn() {
  const needs = usersInMemory()
  const session = openSession({ id: sessionId, userId, at: needs.clock.time })
  await needs.sessions.open(noDatabase, session, needs.refreshTokens.digestOf('refresh-first'))
  return needs
}

it('exchanges a refresh token for new tokens of the same session', async () => {
  const needs = await whereAdaIsSignedIn()
  const exchange = given(needs).when(refreshSession, { refreshToken: 'refresh-first' })
  await exchange.thenAnswers({ accessToken: `${userId} in ${sessionId}`, refreshToken: 'refresh-1', expiresInSeconds: 900 })
  await given(needs).when(refreshSession, { refreshToken: 'refresh-1' }).thenAnswers({ refreshToken: 'refresh-2' })
})

it('ends the whole session when a spent token comes again', async () => {
  const needs = await whereAdaIsSignedIn()
  await given(needs).when(refreshSession, { refreshToken: 'refresh-first' }).thenAnswers({ refreshToken: 'refresh-1' })
  await given(needs).when(refreshSession, { refreshToken: 'refresh-first' }).thenRefuses('invalid_refresh_token')
  await given(needs).when(refreshSession, { refreshToken: 'refresh-1' }).thenRefuses('invalid_refresh_token')
})

it('leaves the session of one customer alone when that of another is robbed', async () => {
  const needs = await whereAdaIsSignedIn()
  const bobs = openSession({ id: 'bob’s', userId: idNumber(2), at: needs.clock.time })
  await needs.sessions.open(noDatabase, bobs, needs.refreshTokens.digestOf('refresh-bob'))
  await given(needs).when(refreshSession, { refreshToken: 'refresh-bob' }).thenAnswers({})
  await given(needs).when(refreshSession, { refreshToken: 'refresh-bob' }).thenRefuses('invalid_refresh_token')
  await given(needs).when(refreshSession, { refreshToken: 'refresh-first' }).thenAnswers({})
})

it('refuses a token it never gave', async () => {
  await given(await whereAdaIsSignedIn())
    .when(refreshSession, { refreshToken: 'guessed' })
    .thenRefuses('invalid_refresh_token')
})

it('refuses a token whose session was opened thirty days ago, however often it was refreshed', async () => {
  const needs = await whereAdaIsSignedIn()
  needs.clock.time = new Date('2026-01-31T11:59:59.000Z')
  await given(needs).when(refreshSession, { refreshToken: 'refresh-first' }).thenAnswers({ refreshToken: 'refresh-1' })
  needs.clock.time = new Date('2026-01-31T12:00:00.000Z')
  await given(needs).when(refreshSession, { refreshToken: 'refresh-1' }).thenRefuses('invalid_refresh_token')
})

it('is over after signing out, which may be repeated', async () => {
  const needs = await whereAdaIsSignedIn()
  await given(needs).when(signOut, {}, { customer: userId }).thenAnswers({})
  await given(needs).when(signOut, {}, { customer: userId }).thenAnswers({})
  await given(needs).when(refreshSession, { refreshToken: 'refresh-first' }).thenRefuses('invalid_refresh_token')
})
