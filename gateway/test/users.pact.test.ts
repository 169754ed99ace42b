import { failed } from '@ashlar/contract'
import { createAccessTokenVerifier } from '@ashlar/security'
import { caller, openPact } from '@ashlar/testing/pact'
import { users } from '@contracts/users'
import { expect, it } from 'vitest'
import { visit } from './at-the-door.ts'
import { customerId } from './door.ts'
import { knownKey, tokenByKnownKey } from './known-key.ts'

const pact = openPact({ consumer: 'gateway', provider: users, contracts: new URL('../../contracts/', import.meta.url) })
const [email, password] = ['ada.of.the.pact@example.com', 'correct horse battery']
const registered = { name: 'a user is registered', parameters: { email, password } }
const ada = { id: customerId, email, name: 'Ada', createdAt: '2026-03-01T10:00:00.000Z' }
const session = { accessToken: 'header.claims.signature', tokenType: 'Bearer' as const, expiresInSeconds: 600, refreshToken: 'refresh-1' }

it('believes access tokens by the keys the users service publishes', () =>
  pact.call(users.getPublishedKeys, 'the keys of access tokens', {
    answer: { keys: [knownKey] },
    async tell({ client }) {
      const verifier = createAccessTokenVerifier({
        issuer: 'users',
        audience: 'gateway',
        fetchKeys: async () => [...(await client.getPublishedKeys({})).orThrow().keys],
      })
      expect(await verifier.verify(await tokenByKnownKey())).toMatchObject({ kind: 'customer', id: customerId })
    },
  }))

it('opens an account', () =>
  pact.call(
    users.registerUser,
    'an address nobody uses',
    visit(users.registerUser, {
      path: '/v1/users',
      body: { email: 'grace.of.the.pact@example.com', password, name: 'Grace' },
      answer: { ...ada, email: 'grace.of.the.pact@example.com', name: 'Grace' },
    }),
  ))

it('opens no second account for an address', () =>
  pact.call(
    users.registerUser,
    'an address that is taken',
    visit(users.registerUser, {
      given: [registered],
      path: '/v1/users',
      body: { email, password, name: 'Ada' },
      answer: failed('email_taken'),
    }),
  ))

it('signs a customer in', () =>
  pact.call(
    users.signIn,
    'the right password',
    visit(users.signIn, { given: [registered], path: '/v1/sessions', body: { email, password }, answer: session }),
  ))

it('signs nobody in by a wrong password', () =>
  pact.call(
    users.signIn,
    'a wrong password',
    visit(users.signIn, {
      given: [registered],
      path: '/v1/sessions',
      body: { email, password: 'not the password' },
      answer: failed('invalid_credentials'),
    }),
  ))

it('renews a session', () =>
  pact.call(
    users.refreshSession,
    'a refresh token that is good',
    visit(users.refreshSession, {
      given: [{ name: 'a session was opened', provides: { refreshToken: 'refresh-0' } }],
      path: '/v1/sessions/refresh',
      body: { refreshToken: 'refresh-0' },
      answer: session,
    }),
  ))

it('renews no session by a token that is none', () =>
  pact.call(
    users.refreshSession,
    'a refresh token that was never issued',
    visit(users.refreshSession, {
      path: '/v1/sessions/refresh',
      body: { refreshToken: 'never-issued' },
      answer: failed('invalid_refresh_token'),
    }),
  ))

it('ends a session', () =>
  pact.call(users.signOut, 'the session of the caller', visit(users.signOut, { path: '/v1/sessions/current', answer: {} })))

it('shows customers their own account', () =>
  pact.call(users.getMe, 'the account of the caller', visit(users.getMe, { path: '/v1/users/me', answer: ada })))

it('shows nothing of an account that is gone', () =>
  pact.call(
    users.getMe,
    'a caller whose account is gone',
    visit(users.getMe, {
      given: [caller.customer('somebody whose account is gone')],
      path: '/v1/users/me',
      answer: failed('user_not_found'),
    }),
  ))

it('is committed as it was told', () => pact.isKept())
