import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, type Answered, type Asked } from '../testing/ask.ts'
import { openGround, type Ground } from '../testing/ground.ts'

let ground: Ground
let closed: Ground
beforeAll(async () => {
  ground = await openGround({ environment: { GATEWAY_CORS_ORIGINS: 'https://shop.example, https://admin.example' } })
  closed = await openGround()
})
afterAll(async () => {
  await ground[Symbol.asyncDispose]()
  await closed[Symbol.asyncDispose]()
})

const options = (path: string, headers: Asked['headers'] = {}): Promise<Answered> => ask(ground.url, path, { method: 'OPTIONS', headers })

describe('a browser elsewhere', () => {
  it('may read answers from an allowed origin, problems too', async () => {
    for (const path of ['/v1/teas/assam', '/v1/teas/coffee', '/nowhere']) {
      const { headers } = await ask(ground.url, path, { headers: { origin: 'https://shop.example' } })
      expect(headers['access-control-allow-origin']).toBe('https://shop.example')
      expect(headers['access-control-expose-headers']).toContain('retry-after')
      expect(headers['access-control-allow-credentials']).toBeUndefined()
      expect(headers['vary']).toBe('Origin')
    }
  })

  it.each(['https://evil.example', 'https://shop.example.evil.example', 'null'])('may not read them from %s', async (origin) => {
    const { status, headers } = await ask(ground.url, '/v1/teas/assam', { headers: { origin } })
    expect(status).toBe(200)
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect(headers['vary']).toBe('Origin')
  })

  it('learns before it asks which methods and headers it may send', async () => {
    const { status, headers } = await options('/v1/teas/assam', {
      origin: 'https://admin.example',
      'access-control-request-method': 'DELETE',
    })
    expect(status).toBe(204)
    expect(headers['access-control-allow-methods']).toBe('GET, HEAD, DELETE')
    expect(headers['access-control-allow-headers']).toContain('idempotency-key')
    expect(ground.services.teas.recorded.filter(({ url }) => url.endsWith('forgetTea'))).toEqual([])
  })

  it('learns nothing where no origin is allowed', async () => {
    const { status, headers } = await ask(closed.url, '/v1/teas/assam', { method: 'OPTIONS', headers: { origin: 'https://shop.example' } })
    expect(status).toBe(204)
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('OPTIONS', () => {
  it('says what is answered at an address', async () => {
    expect((await options('/v1/teas')).headers['allow']).toBe('GET, HEAD, POST')
    expect((await options('/v1/teas/assam/brews')).headers['allow']).toBe('POST')
    expect((await options('/trpc/teas.getTea')).headers['allow']).toBe('GET, POST')
    expect((await options('/openapi.json')).headers['allow']).toBe('GET, HEAD')
  })

  it('finds nothing where nothing answers', async () => {
    const { status, body } = await options('/v1/nothing')
    expect(status).toBe(404)
    expect(body.code).toBe('not_found')
  })
})
