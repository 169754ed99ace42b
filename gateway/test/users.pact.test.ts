import { failed } from '@ashlar/contract'
import { createAccessTokenVerifier } from '@ashlar/security'
import { caller } from '@ashlar/testing/pact'
import { users } from '@contracts/users'
import { expect, it } from 'vitest'
import { openDoorPact } from './at-the-door.ts'
import { customerId } from './door.ts'
import { knownKey, tokenByKnownKey } from './known-key.ts'

const pact = openDoorPact(users)
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
  pact.visit(users.registerUser, 'an address nobody uses', {
    path: '/v1/users',
    body: { email: 'grace.of.the.pact@example.com', password, name: 'Grace' },
    answer: { ...ada, email: 'grace.of.the.pact@example.com', name: 'Grace' },
  }))

it('opens no second account for an address', () =>
  pact.visit(users.registerUser, 'an address that is taken', {
    given: [registered],
    path: '/v1/users',
    body: { email, password, name: 'Ada' },
    answer: failed('email_taken'),
  }))

it('signs a customer in', () =>
  pact.visit(users.signIn, 'the right password', { given: [registered], path: '/v1/sessions', body: { email, password }, answer: session }))

it('signs nobody in by a wrong password', () =>
  pact.visit(users.signIn, 'a wrong password', {
    given: [registered],
    path: '/v1/sessions',
    body: { email, password: 'not the password' },
    answer: failed('invalid_credentials'),
  }))

it('renews a session', () =>
  pact.visit(users.refreshSession, 'a refresh token that is good', {
    given: [{ name: 'a session was opened', provides: { refreshToken: 'refresh-0' } }],
    path: '/v1/sessions/refresh',
    body: { refreshToken: 'refresh-0' },
    answer: session,
  }))

it('renews no session by a token that is none', () =>
  pact.visit(users.refreshSession, 'a refresh token that was never issued', {
    path: '/v1/sessions/refresh',
    body: { refreshToken: 'never-issued' },
    answer: failed('invalid_refresh_token'),
  }))

it('ends a session', () => pact.visit(users.signOut, 'the session of the caller', { path: '/v1/sessions/current', answer: {} }))

it('shows customers their own account', () => pact.visit(users.getMe, 'the account of the caller', { path: '/v1/users/me', answer: ada }))

it('shows nothing of an account that is gone', () =>
  pact.visit(users.getMe, 'a caller whose account is gone', {
    given: [caller.customer('somebody whose account is gone')],
    path: '/v1/users/me',
    answer: failed('user_not_found'),
  }))

it('is committed as it was told', () => pact.isKept())
