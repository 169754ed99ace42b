import { describe, expect, it } from 'vitest'
import { agedToken, forgedToken, unsignedToken } from '../../harness/access-tokens.ts'
import { ask, type HttpRequest, type StartedShop } from '../../harness/index.ts'

const customersOnly: readonly HttpRequest[] = [
  { method: 'GET', path: '/v1/users/me' },
  { method: 'DELETE', path: '/v1/sessions/current' },
  { method: 'POST', path: '/v1/orders', body: {} },
  { method: 'GET', path: '/v1/orders' },
  { method: 'GET', path: '/v1/orders/01935b00-7e57-7000-8000-000000000001' },
  { method: 'GET', path: '/v1/orders/01935b00-7e57-7000-8000-000000000001/history' },
  { method: 'POST', path: '/v1/orders/01935b00-7e57-7000-8000-000000000001/cancellation' },
  { method: 'GET', path: '/v1/notifications' },
]

/** Who is let in, and who is not. */
export function tokens(shop: StartedShop): void {
  const me = (token: string) => ask(shop.url, { path: '/v1/users/me', token })

  describe('access tokens', () => {
    it.each(customersOnly)('$method $path asks who is there', async (request) => {
      const answer = await ask(shop.url, request)
      expect(answer).toBeProblem(401, 'unauthenticated')
      expect(answer.body.detail).toMatch(/missing/)
    })

    it('refuses a token that is garbled', async () => {
      const { session } = await shop.customer()
      expect(await me('garbled')).toBeProblem(401, 'unauthenticated')
      expect(await me(`${session.accessToken}x`)).toBeProblem(401, 'unauthenticated')
      expect(await me(unsignedToken(session.accessToken))).toBeProblem(401, 'unauthenticated')
    })

    it('refuses a token that is signed by somebody else', async () => {
      const { session } = await shop.customer()
      expect(await me(await forgedToken(session.accessToken))).toBeProblem(401, 'unauthenticated')
    })

    it('refuses a token of another kind of credentials', async () => {
      const { session } = await shop.customer()
      const headers = { authorization: `Basic ${session.accessToken}` }
      expect(await ask(shop.url, { path: '/v1/users/me', headers })).toBeProblem(401, 'unauthenticated')
      expect(await me(session.refreshToken)).toBeProblem(401, 'unauthenticated')
    })

    it('says of an old token that it is expired', async () => {
      const { session } = await shop.customer()
      expect((await me(await agedToken(shop, session.accessToken, 600))).status).toBe(200)
      const answer = await me(await agedToken(shop, session.accessToken, 1_000))
      expect(answer).toBeProblem(401, 'unauthenticated')
      expect(answer.body.detail).toMatch(/expired/)
    })
  })
}
