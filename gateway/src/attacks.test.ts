import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attacks } from './testing/attack-corpus.ts'
import { openGround, type Ground } from './testing/ground.ts'
import { openRaw } from './testing/raw-exchange.ts'

/** Everything the gateway itself puts on a call of an open operation. */
const written = ['host', 'connection', 'content-type', 'content-length', 'x-request-id', 'traceparent', 'x-deadline-ms']

let ground: Ground
beforeAll(async () => {
  ground = await openGround({ environment: { GATEWAY_HEADERS_TIMEOUT_MS: '200' } })
})
afterAll(() => ground[Symbol.asyncDispose]())

describe('a request that two readers could read differently', () => {
  it.each(attacks)('is refused or forwarded as one reading: $name', async ({ bytes, ends }) => {
    const { recorded } = ground.services.teas
    recorded.length = 0
    using raw = await openRaw(ground.gateway.port)
    raw.write(bytes)
    const [answer] = await raw.responses(1)

    if ('refused' in ends) {
      expect(answer?.status ?? 0).toBe(ends.refused)
      if (ends.code !== undefined) expect(JSON.parse(answer?.body ?? '')).toMatchObject({ code: ends.code })
    } else {
      expect(answer?.status).toBe(200)
      expect(recorded[0]).toMatchObject({ method: 'POST', ...ends.forwarded })
      expect(Object.keys(recorded[0]?.headers ?? {}).toSorted()).toEqual(written.toSorted())
      expect(recorded[0]?.headers['x-request-id']).toMatch(/^[\w.-]{8,128}$/)
      expect(recorded[0]?.headers['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/)
    }
    raw.socket.end()
    await raw.closed
    expect(recorded.length).toBe('refused' in ends ? 0 : 1)
  })

  it('cuts a caller who takes for ever to send its headers', async () => {
    using raw = await openRaw(ground.gateway.port)
    raw.write('GET /v1/teas/assam HTTP/1.1\r\nHost: shop\r\nX-A:')
    const [answer] = await raw.responses(1)
    await raw.closed
    expect(answer?.status).toBe(408)
  })

  it('answers each of two pipelined requests once, in their order', async () => {
    using raw = await openRaw(ground.gateway.port)
    raw.write('GET /v1/teas/coffee HTTP/1.1\r\nHost: shop\r\n\r\nGET /v1/teas/assam HTTP/1.1\r\nHost: shop\r\n\r\n')
    const answers = await raw.responses(2)
    expect(answers.map(({ status }) => status)).toEqual([404, 200])
  })
})
