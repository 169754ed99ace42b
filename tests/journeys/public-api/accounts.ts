import { describe, expect, it } from 'vitest'
import { ask, askFor, type Session, type StartedShop } from '../../harness/index.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Registering, signing in, staying signed in and signing out. */
export function accounts(shop: StartedShop): void {
  const signIn = (body: unknown) => ask(shop.url, { method: 'POST', path: '/v1/sessions', body })
  const register = (body: unknown) => ask(shop.url, { method: 'POST', path: '/v1/users', body })
  const refresh = (refreshToken: string) => ask(shop.url, { method: 'POST', path: '/v1/sessions/refresh', body: { refreshToken } })

  describe('accounts', () => {
    it('opens an account and shows it without its password', async () => {
      const answer = await register({ email: 'Grace@example.com', password: 'eight at least', name: 'Grace Hopper' })
      expect(answer.status).toBe(201)
      expect(answer.body).toEqual({
        id: expect.stringMatching(uuid),
        email: 'Grace@example.com',
        name: 'Grace Hopper',
        createdAt: expect.stringMatching(instant),
      })
    })

    it('keeps an address for one account, whatever its letter case', async () => {
      const account = { email: 'once@example.com', password: 'eight at least', name: 'Once' }
      expect((await register(account)).status).toBe(201)
      expect(await register({ ...account, email: 'ONCE@example.com' })).toBeProblem(409, 'email_taken')
    })

    it('names each field that is wrong', async () => {
      const answer = await register({ email: 'nowhere', password: 'short', name: 'Bell\u0007', admin: true })
      expect(answer).toBeProblem(400, 'invalid_input', { issueAt: ['email'] })
      expect(answer).toBeProblem(400, 'invalid_input', { issueAt: ['password'] })
      expect(answer).toBeProblem(400, 'invalid_input', { issueAt: ['name'] })
      expect(answer).toBeProblem(400, 'invalid_input', { issueAt: ['admin'] })
    })

    it('opens a session for the right password', async () => {
      const { email, password } = await shop.customer()
      const answer = await signIn({ email, password })
      expect(answer.status).toBe(201)
      expect(answer.body).toEqual({
        accessToken: expect.any(String),
        tokenType: 'Bearer',
        expiresInSeconds: 900,
        refreshToken: expect.any(String),
      })
    })

    it('does not tell a wrong password from an unknown address', async () => {
      const { email } = await shop.customer()
      const wrong = await signIn({ email, password: 'not the password' })
      const unknown = await signIn({ email: 'nobody@example.com', password: 'not the password' })
      expect(wrong).toBeProblem(401, 'invalid_credentials')
      expect({ ...unknown.body, traceId: wrong.body.traceId }).toEqual(wrong.body)
    })

    it('shows customers themselves', async () => {
      const customer = await shop.customer('Barbara')
      const answer = await customer.asks({ path: '/v1/users/me' })
      expect(answer.status).toBe(200)
      expect(answer.body).toEqual({
        id: customer.id,
        email: customer.email,
        name: 'Barbara',
        createdAt: expect.stringMatching(instant),
      })
    })

    it('exchanges a refresh token for new tokens that work', async () => {
      const { session } = await shop.customer()
      const answer = await refresh(session.refreshToken)
      expect(answer.status).toBe(200)
      const { accessToken, refreshToken, ...rest } = answer.body as Session
      expect(rest).toEqual({ tokenType: 'Bearer', expiresInSeconds: 900 })
      expect(refreshToken).not.toBe(session.refreshToken)
      expect((await ask(shop.url, { path: '/v1/users/me', token: accessToken })).status).toBe(200)
    })

    it('ends the whole session when a refresh token comes twice: somebody stole it', async () => {
      const { session } = await shop.customer()
      const { refreshToken: newest } = await askFor<Session>(200, shop.url, {
        method: 'POST',
        path: '/v1/sessions/refresh',
        body: { refreshToken: session.refreshToken },
      })
      expect(await refresh(session.refreshToken)).toBeProblem(401, 'invalid_refresh_token')
      expect(await refresh(newest)).toBeProblem(401, 'invalid_refresh_token')
    })

    it('leaves other sessions of the same customer alone', async () => {
      const { email, password, session } = await shop.customer()
      const other = (await signIn({ email, password })).body as Session
      await refresh(session.refreshToken)
      await refresh(session.refreshToken)
      expect((await refresh(other.refreshToken)).status).toBe(200)
    })

    it('signs out: the refresh token is good no more, and doing it again changes nothing', async () => {
      const customer = await shop.customer()
      for (let time = 0; time < 2; time += 1) {
        const answer = await customer.asks({ method: 'DELETE', path: '/v1/sessions/current' })
        expect([answer.status, answer.body]).toEqual([204, undefined])
      }
      expect(await refresh(customer.session.refreshToken)).toBeProblem(401, 'invalid_refresh_token')
    })
  })
}
