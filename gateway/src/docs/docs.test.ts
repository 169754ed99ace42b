import { gunzipSync } from 'node:zlib'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contracts } from '../contracts.ts'
import { ask } from '../testing/ask.ts'
import { openGround, type Ground } from '../testing/ground.ts'
import { openRaw } from '../testing/raw-exchange.ts'
import { readDocs } from './read-docs.ts'
import { shopDocs } from './shop-docs.ts'

let open: Ground
let inside: Ground
beforeAll(async () => {
  open = await openGround({ contracts })
  inside = await openGround({ contracts, environment: { GATEWAY_INTERNAL_DOCS: 'on' } })
})
afterAll(async () => {
  await open[Symbol.asyncDispose]()
  await inside[Symbol.asyncDispose]()
})

describe('/docs', () => {
  it('shows everybody what the gateway answers', async () => {
    const { status, headers, text } = await ask(open.url, '/docs')
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(text).toContain('href="/docs/rest.html"')
    expect(text).toContain('href="/docs/rest.html#/orders"')
    expect((await ask(open.url, '/docs/index.html')).text).toBe(text)
    expect((await ask(open.url, '/docs/openapi.json')).text).toBe((await ask(open.url, '/openapi.json')).text)
  })

  it('shows nobody what travels between services, unless the gateway is told to', async () => {
    expect((await ask(open.url, '/docs')).text).not.toMatch(/payments|reserveStock|asyncapi/)
    for (const path of ['payments.v1/rpc.html', 'orders.v1/events.html', 'orders.v1/asyncapi.json', 'orders.v1/contract.lock.json']) {
      expect((await ask(open.url, `/docs/${path}`)).status).toBe(404)
      expect((await ask(inside.url, `/docs/${path}`)).status).toBe(200)
    }
    expect((await ask(inside.url, '/docs/orders.v1/events.html')).text).toContain('orders.order-placed.v1')
    expect((await ask(inside.url, '/docs/orders.v1/orders.proto')).headers['content-type']).toBe('text/plain; charset=utf-8')
  })

  it.each(['/docs', '/docs/rest.html', '/docs/openapi.json'])(
    'lets a browser load and ask nothing but the gateway itself: %s',
    async (path) => {
      const { headers } = await ask(open.url, path)
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
    },
  )

  it('lets pages be asked again and sends them when they have changed only', async () => {
    const { headers } = await ask(open.url, '/docs')
    expect(headers['cache-control']).toBe('no-cache')
    const again = await ask(open.url, '/docs', { headers: { 'if-none-match': `"another", W/${String(headers['etag'])}` } })
    expect([again.status, again.text, again.headers['etag']]).toEqual([304, '', headers['etag']])
    expect((await ask(open.url, '/docs', { headers: { 'if-none-match': '"another"' } })).status).toBe(200)
  })

  it('lets scripts and styles be kept for ever', async () => {
    const { text } = await ask(open.url, '/docs/rest.html')
    const assets = [...text.matchAll(/(?:href|src)="(\/docs\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
    expect(assets).toHaveLength(4)
    for (const path of assets) {
      const { status, headers } = await ask(open.url, path, { method: 'HEAD' })
      expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable'])
      expect(headers['content-type']).toMatch(/^text\/(?:javascript|css); charset=utf-8$/)
    }
  })

  it('compresses for who takes that, and for nobody else', async () => {
    const { body, headers } = await request(`${open.url}/docs/openapi.json`, { headers: { 'accept-encoding': 'br, gzip;q=0.5' } })
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' })
    const plain = await ask(open.url, '/docs/openapi.json', { headers: { 'accept-encoding': 'gzip;q=0, br' } })
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(gunzipSync(Buffer.from(await body.arrayBuffer())).toString()).toBe(plain.text)
    expect(headers['etag']).not.toBe(plain.headers['etag'])
    expect((await ask(open.url, '/docs/openapi.json', { headers: { 'if-none-match': String(headers['etag']) } })).status).toBe(304)
  })

  it('answers HEAD with the head alone', async () => {
    const { status, headers, text } = await ask(open.url, '/docs', { method: 'HEAD' })
    const whole = await ask(open.url, '/docs')
    expect([status, text, headers['etag']]).toEqual([200, '', whole.headers['etag']])
    expect(Number(headers['content-length'])).toBe(Buffer.byteLength(whole.text))
  })

  it('is read only', async () => {
    const { status, headers, body } = await ask(open.url, '/docs/rest.html', { method: 'POST', body: {} })
    expect([status, headers['allow'], body.code]).toEqual([405, 'GET, HEAD', 'method_not_supported'])
    expect((await ask(open.url, '/docs', { method: 'OPTIONS' })).headers['allow']).toBe('GET, HEAD')
  })

  it('says so where it has no such page', async () => {
    for (const path of ['/docs/nothing.html', '/docs/assets', '/docs/rest', '/docs/orders.v1', '/docs/constructor', '/docsx']) {
      const { status, body } = await ask(inside.url, path)
      expect([path, status, body.code]).toEqual([path, 404, 'not_found'])
    }
  })

  it.each([
    ['/docs/../gateway/package.json', 400],
    ['/docs/..%2fpackage.json', 400],
    ['/docs/%2e%2e/package.json', 400],
    ['/docs/..%5cpackage.json', 400],
    ['/docs/assets/..%252f..%252fpackage.json', 400],
    ['/docs//etc/passwd', 400],
    ['/docs/orders.v1/%00', 400],
    ['/docs/', 400],
    ['/docs/package.json', 404],
    ['/docs/orders.v1/index.ts', 404],
  ])('is no way to other files: %s', async (target, expected) => {
    using connection = await openRaw(open.gateway.port)
    connection.write(`GET ${target} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n`)
    expect((await connection.responses(1))[0]?.status).toBe(expected)
  })

  it('is logged and counted as one route, however many files there are', async () => {
    await ask(inside.url, '/docs/orders.v1/rpc.html')
    await expect.poll(() => inside.logged().map(({ route }) => route)).toContain('/docs/{file}')
    expect(inside.logged().map(({ route }) => String(route))).not.toContainEqual(expect.stringContaining('orders.v1'))
  })

  it('turns away who asks for more than a person reads', async () => {
    await using ground = await openGround({ environment: { GATEWAY_RATE_LIMITS: '{"docs":{"limit":2,"windowSeconds":60}}' } })
    const statuses = []
    for (let at = 0; at < 3; at += 1) statuses.push((await ask(ground.url, '/docs')).status)
    expect(statuses).toEqual([200, 200, 429])
    expect((await ask(ground.url, '/openapi.json')).status).toBe(200)
  })
})

it('has all but the viewer’s pages where that is not installed', async () => {
  const docs = shopDocs({ contracts, openApi: Buffer.from('{}'), readers: 'public', findViewer: () => undefined })
  await expect(readDocs(docs, '/docs/rest.html')).rejects.toMatchObject({ fault: { status: 503, code: 'unavailable' } })
  expect((await readDocs(docs, '/docs')).plain.toString()).toContain('openapi.json')
})
