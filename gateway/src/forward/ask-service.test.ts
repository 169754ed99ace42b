import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { ask } from '../testing/ask.ts'
import { openGround, type Ground, type GroundOptions } from '../testing/ground.ts'
import { openRaw } from '../testing/raw-exchange.ts'
import { keepTeas } from '../testing/tea-house.ts'

let ground: Ground | undefined
afterEach(async () => {
  await ground?.[Symbol.asyncDispose]()
  ground = undefined
})
async function opened(options?: GroundOptions): Promise<Ground> {
  return (ground = await openGround(options))
}
const error = (reason: string, code: string, message = 'secret words of the service') =>
  JSON.stringify({ error: { message, code: -32000, data: { code, httpStatus: 200, reason } } })

describe('a service that is not there', () => {
  it('is answered for with when to come again, and found when it is back', async () => {
    const { url, services, run } = await opened()
    expect((await ask(url, '/v1/teas/assam')).status).toBe(200)
    await services.teas.stop()
    const { status, headers, body } = await ask(url, '/v1/teas/assam')
    expect(status).toBe(503)
    expect(headers['retry-after']).toBe('2')
    expect(body.code).toBe('unavailable')

    const back = await run(keepTeas())
    await expect.poll(async () => (await ask(url, '/v1/teas/assam')).status).toBe(200)
    await back.stop()
  })
})

describe('a service that does not answer in time', () => {
  it('is answered for by its deadline, and told that nobody waits', async () => {
    const { promise: givenUp, resolve } = Promise.withResolvers<void>()
    const { url } = await opened({ teas: keepTeas({ onGivenUp: resolve }) })
    const { status, body } = await ask(url, '/v1/steeps/assam')
    expect(status).toBe(504)
    expect(body.code).toBe('deadline_exceeded')
    await givenUp
  })

  it('is told when the caller leaves', async () => {
    const { promise: givenUp, resolve } = Promise.withResolvers<void>()
    const { gateway, services, logged } = await opened({ teas: keepTeas({ onGivenUp: resolve }) })
    using raw = await openRaw(gateway.port)
    raw.write('GET /v1/steeps/assam HTTP/1.1\r\nHost: shop\r\n\r\n')
    await expect.poll(() => services.teas.recorded.length).toBe(1)
    raw.socket.destroy()
    await givenUp
    await expect.poll(() => logged().find(({ route }) => route === '/v1/steeps/{teaId}')).toMatchObject({ status: 499, code: 'aborted' })
  })
})

describe('a service that breaks', () => {
  it('in the middle of something not repeatable leaves it unknown', async () => {
    const { url, services } = await opened()
    services.teas.intercept = (request) => request.socket.destroy()
    const { status, body } = await ask(url, '/v1/reviews', { method: 'POST', body: { words: 'fine' } })
    expect(status).toBe(502)
    expect(body.code).toBe('connection_lost')
    expect(services.teas.recorded).toHaveLength(1)
  })

  it('is asked once more where that is safe', async () => {
    const { url, services } = await opened()
    services.teas.intercept = (request) => {
      services.teas.intercept = undefined
      request.socket.destroy()
    }
    expect((await ask(url, '/v1/teas/assam')).status).toBe(200)
    expect(services.teas.recorded).toHaveLength(2)
  })
})

describe('an answer no contract promised', () => {
  it.each([
    ['is no JSON', 200, '<html>'],
    ['is cut off', 200, '{"result":{"data":{"teaId"'],
    ['has another form', 200, '{"teaId":"assam"}'],
    ['is a list', 200, '[]'],
    ['is null', 200, 'null'],
    ['is an undeclared error', 409, error('too_hot', 'CONFLICT')],
    ['is a declared error under another status', 500, error('tea_not_found', 'INTERNAL_SERVER_ERROR')],
    ['refuses our own token', 401, error('unauthenticated', 'UNAUTHORIZED')],
    ['does not know the operation', 404, error('unknown_operation', 'NOT_FOUND')],
  ])('is not passed on when it %s', async (_what, status, text) => {
    const { url, services } = await opened()
    services.teas.intercept = (_request, response) => void response.writeHead(status, { 'content-type': 'application/json' }).end(text)
    const answer = await ask(url, '/v1/teas/assam')
    expect(answer.status).toBe(502)
    expect(answer.body.code).toBe('bad_response')
    expect(answer.text).not.toContain('secret words')

    const typed = await ask(url, '/trpc/teas.getTea,cups.countCups?batch=1', { method: 'POST', body: { 0: { teaId: 'assam' }, 1: {} } })
    expect(typed.body).toMatchObject([{ error: { data: { reason: 'bad_response' } } }, { result: { data: { cups: 12 } } }])
  })

  it('keeps a bug of a service to itself', async () => {
    const { url, services } = await opened()
    services.teas.intercept = (_request, response) => void response.writeHead(500).end(error('internal', 'INTERNAL_SERVER_ERROR'))
    const { status, text, body } = await ask(url, '/v1/teas/assam')
    expect(status).toBe(500)
    expect(body.code).toBe('internal')
    expect(text).not.toContain('secret words')
  })

  it('may be written with other spaces, by another language', async () => {
    const { url, services } = await opened()
    services.teas.intercept = (_request, response) => void response.end('{ "result": { "data": { "teaId": "oolong" } } }\n')
    expect((await ask(url, '/v1/teas/oolong')).body).toEqual({ teaId: 'oolong' })
  })

  it('carries no header of the service to the caller', async () => {
    const { url, services } = await opened()
    services.teas.intercept = (_request, response) =>
      void response
        .writeHead(200, { 'set-cookie': 'a=b', 'x-powered-by': 'tea', location: 'http://10.0.0.1/' })
        .end('{"result":{"data":{}}}')
    const { headers } = await ask(url, '/v1/teas/assam')
    expect(Object.keys(headers).filter((name) => ['set-cookie', 'x-powered-by', 'location'].includes(name))).toEqual([])
  })
})

describe('an operation under a key', () => {
  it('that is in flight says when to ask again, over REST and tRPC', async () => {
    const { url, tokenFor, services } = await opened()
    const data = { code: 'CONFLICT', httpStatus: 409, reason: 'request_in_flight', retryAfterSeconds: 3 }
    services.teas.intercept = (_request, response) =>
      void response.writeHead(409).end(JSON.stringify({ error: { message: 'still at it', code: -32009, data } }))
    const asking = { method: 'POST' as const, token: await tokenFor('ada'), headers: { 'idempotency-key': 'k-1' } }
    const rest = await ask(url, '/v1/teas/assam/brews', { ...asking, body: { cups: 1 } })
    expect([rest.status, rest.body.code, rest.headers['retry-after']]).toEqual([409, 'request_in_flight', '3'])
    const typed = await ask(url, '/trpc/teas.brewTea', { ...asking, body: { teaId: 'assam', cups: 1 } })
    expect([typed.status, typed.headers['retry-after']]).toEqual([409, '3'])
    expect(typed.body.error.data).toMatchObject({ reason: 'request_in_flight', retryAfterSeconds: 3 })
  })

  it('is not asked for without one', async () => {
    const { url, tokenFor, services } = await opened()
    const { status, body } = await ask(url, '/v1/teas/assam/brews', { method: 'POST', token: await tokenFor('ada'), body: { cups: 1 } })
    expect(status).toBe(400)
    expect(body.code).toBe('idempotency_key_required')
    expect(services.teas.recorded).toEqual([])
  })

  it('answers 204 without a body where its contract says so', async () => {
    const { url, tokenFor } = await opened()
    const { status, text } = await ask(url, '/v1/teas/assam', { method: 'DELETE', token: await tokenFor('ada') })
    expect([status, text]).toEqual([204, ''])
  })
})

it('ends the call when the whole connection of the caller breaks in the middle of the answer', async () => {
  const { gateway, services } = await opened()
  const { promise: gone, resolve } = Promise.withResolvers<void>()
  services.teas.intercept = (request) => void once(request.socket, 'close').then(() => resolve())
  using raw = await openRaw(gateway.port)
  raw.write('GET /v1/teas/assam HTTP/1.1\r\nHost: shop\r\n\r\n')
  await expect.poll(() => services.teas.recorded.length).toBe(1)
  raw.socket.destroy()
  await gone
})
