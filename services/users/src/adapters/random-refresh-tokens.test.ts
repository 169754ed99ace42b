import { users } from '@contracts/users'
import { expect, it } from 'vitest'
import { randomRefreshTokens } from './random-refresh-tokens.ts'

const tokens = randomRefreshTokens()

it('makes tokens of 256 bits, no two alike, that the contract accepts', () => {
  const refreshToken = tokens.next()
  expect(Buffer.from(refreshToken, 'base64url')).toHaveLength(32)
  expect(tokens.next()).not.toBe(refreshToken)
  expect(users.refreshSession.input.parse({ refreshToken })).toEqual({ refreshToken })
})

it('digests a token always alike, and without the token in it', () => {
  expect(tokens.digestOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
