import { expect, it } from 'vitest'
import { ask } from '../harness/index.ts'
import { openShop } from '../harness/open-shop.ts'

const limits = { 'open-write': { limit: 3, windowSeconds: 60 }, 'customer-read': { limit: 5, windowSeconds: 60 } }
const shop = await openShop({ only: ['users', 'catalogue'], environment: { GATEWAY_RATE_LIMITS: JSON.stringify(limits) } })

const signIn = () => ask(shop.url, { method: 'POST', path: '/v1/sessions', body: { email: 'guess@example.com', password: 'guess' } })

it('lets nobody guess passwords for long, and says when to come back', async () => {
  for (let guess = 0; guess < 3; guess += 1) expect(await signIn()).toBeProblem(401, 'invalid_credentials')
  const answer = await signIn()
  expect(answer).toBeProblem(429, 'too_many_requests')
  const seconds = Number(answer.headers.get('retry-after'))
  expect(seconds).toBeGreaterThanOrEqual(1)
  expect(seconds).toBeLessThanOrEqual(120)
})

it('counts each operation apart, and reads more generously', async () => {
  expect((await ask(shop.url, { path: '/v1/products' })).status).toBe(200)
  const nobody = { method: 'POST', path: '/v1/sessions/refresh', body: { refreshToken: 'guess' } }
  expect(await ask(shop.url, nobody)).toBeProblem(401, 'invalid_refresh_token')
})

it('counts typed clients with the others', async () => {
  const answer = await ask(shop.url, {
    method: 'POST',
    path: '/trpc/users.signIn',
    body: { email: 'guess@example.com', password: 'guess' },
  })
  expect(answer.status).toBe(429)
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
  expect(answer.body.error.data).toMatchObject({ code: 'TOO_MANY_REQUESTS', reason: 'too_many_requests' })
})
