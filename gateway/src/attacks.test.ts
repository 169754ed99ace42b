import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBeForwarded, toBeRefused } from './testing/attack-corpus.ts'
import { openGround, type Ground } from './testing/ground.ts'
import { openRaw, type RawResponse } from './testing/raw-exchange.ts'

/** Everything the gateway itself puts on a call of an open operation. */
const written = ['host', 'connection', 'content-type', 'content-length', 'authorization', 'x-request-id', 'traceparent', 'x-deadline-ms']

let ground: Ground
beforeAll(async () => {
  ground = await openGround({ environment: { GATEWAY_HEADERS_TIMEOUT_MS: '200' } })
})
afterAll(() => ground[Symbol.asyncDispose]())

describe('a request that two readers could read differently', () => {
  it.each(toBeRefused)('is refused before any service sees it: $name', async ({ bytes, refused, code }) => {
    const answer = await sent(bytes)
    expect(answer?.status ?? 0).toBe(refused)
    expect(codeIn(answer)).toBe(code)
    expect(ground.services.teas.recorded).toEqual([])
  })

  it.each(toBeForwarded)('is forwarded in the one reading: $name', async ({ bytes, forwarded }) => {
    const answer = await sent(bytes)
    expect(answer?.status).toBe(200)
    const { recorded } = ground.services.teas
    expect(recorded).toMatchObject([{ method: 'POST', ...forwarded }])
    const { headers = {} } = recorded[0] ?? {}
    expect(Object.keys(headers).toSorted()).toEqual(written.toSorted())
    expect(headers['authorization']).toMatch(/^Bearer ey/)
    expect(headers['x-request-id']).toMatch(/^[\w.-]{8,128}$/)
    expect(headers['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/)
  })

  it('cuts a caller who takes for ever to send its headers', async () => {
    using raw = await openRaw(ground.gateway.port)
    raw.write('GET /v1/teas/assam HTTP/1.1\r\nHost: shop\r\nX-A:')
    const [answer] = await raw.responses(1)
    await raw.closed
    expect([answer?.status, codeIn(answer)]).toEqual([408, 'request_timeout'])
  })

  it('answers each of two pipelined requests once, in their order', async () => {
    using raw = await openRaw(ground.gateway.port)
    raw.write('GET /v1/teas/coffee HTTP/1.1\r\nHost: shop\r\n\r\nGET /v1/teas/assam HTTP/1.1\r\nHost: shop\r\n\r\n')
    const answers = await raw.responses(2)
    expect(answers.map(({ status }) => status)).toEqual([404, 200])
  })
})

/** Sends bytes on a connection of their own, and waits until all that could come of them has come. */
async function sent(bytes: string): Promise<RawResponse | undefined> {
  ground.services.teas.recorded.length = 0
  using raw = await openRaw(ground.gateway.port)
  raw.write(bytes)
  const [answer] = await raw.responses(1)
  raw.socket.end()
  await raw.closed
  return answer
}

function codeIn(answer: RawResponse | undefined): unknown {
  return answer === undefined || answer.body === '' ? undefined : (JSON.parse(answer.body) as { code?: unknown }).code
}
