import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../testing/ask.ts'
import { openGround, type Ground } from '../testing/ground.ts'
import { openRaw } from '../testing/raw-exchange.ts'

let ground: Ground
beforeAll(async () => {
  ground = await openGround()
})
afterAll(() => ground[Symbol.asyncDispose]())

const reviews = (body: unknown, headers = {}) => ask(ground.url, '/v1/reviews', { method: 'POST', body, headers })
const head = (path: string, ...lines: readonly string[]): string =>
  [`POST ${path} HTTP/1.1`, 'Host: shop', 'Content-Type: application/json', ...lines, '', ''].join('\r\n')
const ordinary = 'GET /v1/teas/assam HTTP/1.1\r\nHost: shop\r\n\r\n'

describe('a body', () => {
  it('is accepted up to what the contract hints, to the byte', async () => {
    const words = 'x'.repeat(2_048 - '{"words":""}'.length)
    expect((await reviews({ words })).body).toEqual({ length: words.length })
    const { status, body } = await reviews({ words: `${words}x` })
    expect(status).toBe(413)
    expect(body).toMatchObject({ code: 'body_too_large', detail: 'the body is larger than 2048 bytes: send less' })
  })

  it.each([
    ['is no JSON', '{"words":', 'invalid_json'],
    ['is no object', '["words"]', 'invalid_input'],
    ['is null', 'null', 'invalid_input'],
    ['holds an unknown field', '{"words":"fine","stars":5}', 'invalid_input'],
    ['is missing', '', 'invalid_input'],
    ['reaches for a constructor', '{"words":{"constructor":{}}}', 'invalid_json'],
  ])('is refused when it %s', async (_what, body, code) => {
    const answer = await reviews(body)
    expect(answer.status).toBe(400)
    expect(answer.body.code).toBe(code)
  })

  it('does not come back in a problem', async () => {
    expect((await reviews('{"password":"hunter2"')).text).not.toContain('hunter2')
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])('is not read as %s', async (type) => {
    const { status, body } = await reviews('{"words":"fine"}', { 'content-type': type })
    expect(status).toBe(415)
    expect(body.code).toBe('unsupported_media_type')
  })

  it('may name its character set', async () => {
    expect((await reviews('{"words":"fine"}', { 'content-type': 'Application/JSON; charset=utf-8' })).status).toBe(200)
  })

  it.each(['latin1', 'utf-16', 'us-ascii'])('is not read in %s', async (charset) => {
    const { status, body } = await reviews('{"words":"fine"}', { 'content-type': `application/json; charset=${charset}` })
    expect([status, body.code]).toEqual([415, 'unsupported_media_type'])
  })

  it.each([
    ['NUL', '{"words":"a\\u0000"}', ['words']],
    ['half a surrogate pair', '{"words":"\\ud800"}', ['words']],
    ['the other half, in a list', '{"words":["fine","\\udc00"]}', ['words', 1]],
  ])('holds no text that cannot be kept: %s', async (_what, body, path) => {
    ground.services.teas.recorded.length = 0
    const answer = await reviews(body)
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_input'])
    expect(answer.body.issues).toEqual([{ path, message: expect.stringContaining('holds') }])
    const typed = await ask(ground.url, '/trpc/teas.reviewTea', { method: 'POST', body })
    expect([typed.status, typed.body.error.data]).toMatchObject([400, { reason: 'invalid_input', issues: [{ path }] }])
    expect(ground.services.teas.recorded).toEqual([])
  })

  it('is UTF-8', async () => {
    using raw = await openRaw(ground.gateway.port)
    raw.write(`${head('/v1/reviews', 'Content-Length: 16')}{"words":"\u00e4 \u00fc "}`)
    const [answer] = await raw.responses(1)
    expect([answer?.status, JSON.parse(answer?.body ?? '')]).toMatchObject([400, { code: 'invalid_json' }])
  })
})

describe('a refused request whose body nobody read', () => {
  it.each([
    ['too large by its length', head('/v1/reviews', 'Content-Length: 9000') + 'x'.repeat(9_000), 413],
    ['without a token', `${head('/v1/teas', 'Content-Length: 18')}{"teaId":"assam"} `, 401],
    ['without a key', `${head('/v1/teas/assam/brews', 'Content-Length: 10')}{"cups":2}`, 401],
    ['at no address', `${head('/v1/nothing', 'Content-Length: 9000')}${'x'.repeat(9_000)}`, 404],
    ['by a wrong method', `${head('/v1/cups', 'Content-Length: 2')}{}`, 405],
    ['as a wrong type', head('/v1/reviews', 'Content-Encoding: br', 'Content-Length: 4') + '\u0001\u0002\u0003\u0004', 415],
    ['to an unknown operation of the typed face', `${head('/trpc/teas.drink', 'Content-Length: 2')}{}`, 404],
  ])('leaves the connection fit for the next: %s', async (_what, bytes, status) => {
    using raw = await openRaw(ground.gateway.port)
    raw.write(bytes + ordinary)
    const answers = await raw.responses(2)
    expect(answers.map((answer) => answer.status)).toEqual([status, 200])
    expect(answers[1]?.body).toBe('{"teaId":"assam"}')
  })

  it('is answered before the body is there', async () => {
    using raw = await openRaw(ground.gateway.port)
    raw.write(head('/v1/reviews', 'Content-Length: 500000'))
    const [answer] = await raw.responses(1)
    expect(answer?.status).toBe(413)
  })

  it('is told whole to a caller who reads nothing before all is sent, and is the last on its connection', async () => {
    const flood = 'x'.repeat(2_000_000)
    for (const bytes of [
      head('/v1/reviews', 'Content-Length: 2000000') + flood,
      `${head('/v1/reviews', 'Transfer-Encoding: chunked')}1e8480\r\n${flood}\r\n0\r\n\r\n`,
    ]) {
      using raw = await openRaw(ground.gateway.port)
      raw.socket.pause()
      await new Promise((resolve) => raw.socket.write(bytes, resolve))
      raw.socket.resume()
      await raw.closed
      const [answer] = await raw.responses(1)
      expect([answer?.status, JSON.parse(answer?.body ?? '')]).toMatchObject([413, { code: 'body_too_large' }])
      expect(answer?.head).toMatch(/^connection: close$/im)
    }
  })

  it('is logged as what it was told, also when its caller leaves in the middle', async () => {
    const logged = () => ground.logged().filter(({ route, status }) => route === '/v1/reviews' && status === 499)
    const before = logged().length
    const refused = () => ground.logged().filter(({ code }) => code === 'body_too_large').length
    const told = refused()
    using raw = await openRaw(ground.gateway.port)
    raw.write(head('/v1/reviews', 'Content-Length: 5000000'))
    await raw.responses(1)
    raw.socket.destroy()
    await expect.poll(refused).toBe(told + 1)
    expect(logged()).toHaveLength(before)
  })

  it('loses its connection when it never ends', async () => {
    using raw = await openRaw(ground.gateway.port)
    raw.write(head('/v1/reviews', 'Content-Length: 99999999'))
    await raw.responses(1)
    const flood = 'x'.repeat(65_536)
    while (raw.socket.writable && !raw.socket.destroyed) {
      raw.write(flood)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await raw.closed
    expect(raw.socket.bytesWritten).toBeLessThan(99_999_999)
  })

  it('is no request at all when its caller leaves in the middle', async () => {
    ground.services.teas.recorded.length = 0
    const raw = await openRaw(ground.gateway.port)
    raw.write(`${head('/v1/reviews', 'Content-Length: 100')}{"words":`)
    raw.socket.destroy()
    await raw.closed
    expect((await reviews({ words: 'fine' })).status).toBe(200)
    expect(ground.services.teas.recorded).toHaveLength(1)
  })
})
