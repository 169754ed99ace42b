import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask } from './testing/ask.ts'
import { openGround, type Ground } from './testing/ground.ts'

let ground: Ground
beforeAll(async () => {
  ground = await openGround()
})
afterAll(() => ground[Symbol.asyncDispose]())

it('logs one line a request: its route’s template, never ids, tokens, inputs or query strings', async () => {
  const token = await ground.tokenFor('ada-the-customer')
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
  await ask(ground.url, '/v1/teas/private-blend', { headers: { traceparent, 'x-request-id': 'request-42' } })
  await ask(ground.url, '/v1/teas?search=private-wish')
  await ask(ground.url, '/v1/teas/private-blend/brews', {
    method: 'POST',
    token,
    headers: { 'idempotency-key': 'private-key' },
    body: { cups: 9 },
  })
  await ask(ground.url, '/private/address?private=1')
  await ask(ground.url, '/v1/teas//private')
  await ask(ground.url, '/trpc/teas.getTea,teas.private?batch=1', { method: 'POST', body: { 0: { teaId: 'private' } } })
  await ask(ground.url, '/v1/cups/mine', { token: 'private-token' })

  const lines = () => ground.logged().filter(({ event }) => event === 'request')
  await expect.poll(() => lines().length).toBe(7)
  expect(lines().map(({ method, route, status, code }) => [method, route, status, code])).toEqual([
    ['GET', '/v1/teas/{teaId}', 200, undefined],
    ['GET', '/v1/teas', 200, undefined],
    ['POST', '/v1/teas/{teaId}/brews', 409, 'no_water'],
    ['GET', 'unmatched', 404, 'not_found'],
    ['GET', 'unmatched', 400, 'bad_target'],
    ['POST', '/trpc/teas.v1/getTea', 207, undefined],
    ['GET', '/v1/cups/mine', 401, 'unauthenticated'],
  ])
  expect(lines()[0]).toMatchObject({ request_id: 'request-42', trace_id: '4bf92f3577b34da6a3ce929d0e0e4736' })
  const text = JSON.stringify(ground.logged())
  expect(text).not.toMatch(/private|ada-the-customer/)
  expect(text).not.toContain(token)
})
