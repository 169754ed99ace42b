import { readFile } from 'node:fs/promises'
import { request as plainRequest } from 'node:http'
import { describe, expect, it } from 'vitest'
import { ask, orderBody, type StartedShop } from '../../harness/index.ts'

const openApiFile = new URL('../../../gateway/generated/openapi.json', import.meta.url)
/** The web page that the shop under test lets read its answers. */
export const friendlyOrigin = 'https://shop.example'

/** What the door makes of requests, whatever they ask for. */
export function requests(shop: StartedShop): void {
  const post = (path: string, body: unknown, headers = {}) => ask(shop.url, { method: 'POST', path, body, headers })

  describe('requests that cannot be read', () => {
    it('refuses a body that is not JSON', async () => {
      expect(await post('/v1/users', '{"email":')).toBeProblem(400, 'invalid_json')
      expect(await post('/v1/users', '["a list"]')).toBeProblem(400, 'invalid_input', { issueAt: [] })
      expect(await post('/v1/users', '{"__proto__":{"admin":true}}')).toBeProblem(400, 'invalid_json')
    })

    it('refuses a body of another type', async () => {
      expect(await post('/v1/users', 'email=a', { 'content-type': 'application/x-www-form-urlencoded' })).toBeProblem(
        415,
        'unsupported_media_type',
      )
    })

    it('refuses a body larger than any order is', async () => {
      expect(await post('/v1/users', JSON.stringify({ name: 'a'.repeat(70_000) }))).toBeProblem(413, 'body_too_large')
    })

    it('refuses a large order just the same, token or not', async () => {
      const customer = await shop.customer()
      const body = JSON.stringify({ ...orderBody(), note: 'a'.repeat(70_000) })
      const answer = await customer.asks({ method: 'POST', path: '/v1/orders', headers: { 'idempotency-key': 'large' }, body })
      expect(answer).toBeProblem(413, 'body_too_large')
    })

    it('says which methods an address answers', async () => {
      const answer = await ask(shop.url, { method: 'PUT', path: '/v1/orders', body: {} })
      expect(answer).toBeProblem(405, 'method_not_supported')
      expect(answer.headers.get('allow')?.split(', ').toSorted()).toEqual(['GET', 'HEAD', 'POST'])
    })

    it('answers HEAD as GET, without the body', async () => {
      const { status, headers, body } = await ask(shop.url, { method: 'HEAD', path: '/v1/products' })
      expect([status, headers.get('content-type'), body]).toEqual([200, 'application/json', undefined])
    })

    it('knows no other addresses', async () => {
      expect(await ask(shop.url, { path: '/v1/nothing' })).toBeProblem(404, 'not_found')
      expect(await ask(shop.url, { path: '/rpc/catalogue.v1/listProducts' })).toBeProblem(404, 'not_found')
      expect(await ask(shop.url, { path: '/V1/products' })).toBeProblem(404, 'not_found')
    })

    it.each(['/v1//products', '/v1/../v1/products', '/v1/%2e%2e/products', '/v1/products%2fx', '/v1/products%00', '/v1/%zz'])(
      'refuses the ambiguous path %s',
      async (path) => {
        expect(await statusOfRaw(shop.url, path)).toBe(400)
      },
    )
  })

  describe('request ids and traces', () => {
    it('answers under the request id it was given, and makes one where there is none', async () => {
      const given = await ask(shop.url, { path: '/v1/products', headers: { 'x-request-id': 'my-request-0001' } })
      expect(given.headers.get('x-request-id')).toBe('my-request-0001')
      const made = await ask(shop.url, { path: '/v1/products' })
      expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
      const unfit = await ask(shop.url, { path: '/v1/products', headers: { 'x-request-id': 'no good {}' } })
      expect(unfit.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    })

    it('keeps the caller’s trace to the last step of a checkout', async () => {
      const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
      const customer = await shop.customer()
      const headers = { 'idempotency-key': 'traced', traceparent: `00-${traceId}-00f067aa0ba902b7-01` }
      const { body } = await customer.asks({ method: 'POST', path: '/v1/orders', headers, body: orderBody() })
      const path = `/v1/orders/${body.id}`
      await expect.poll(async () => (await customer.asks({ path })).body.status, { timeout: 60_000 }).toBe('confirmed')
      const history = await customer.asks({ path: `${path}/history` })
      expect(new Set(history.body.steps.map((step: { traceId: string }) => step.traceId))).toEqual(new Set([traceId]))
    })

    it('names the caller’s trace in a problem', async () => {
      const traceId = '0af7651916cd43dd8448eb211c80319c'
      const answer = await ask(shop.url, { path: '/v1/nothing', headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } })
      expect(answer.body.traceId).toBe(traceId)
    })
  })

  describe('browsers and machines', () => {
    it('answers the preflight of a page it trusts, and no other', async () => {
      const preflight = (origin: string) =>
        ask(shop.url, { method: 'OPTIONS', path: '/v1/orders', headers: { origin, 'access-control-request-method': 'POST' } })
      const { status, headers } = await preflight(friendlyOrigin)
      expect(status).toBe(204)
      expect(headers.get('access-control-allow-origin')).toBe(friendlyOrigin)
      expect(headers.get('access-control-allow-methods')?.split(', ').toSorted()).toEqual(['GET', 'HEAD', 'POST'])
      expect(headers.get('access-control-allow-headers')).toMatch(/authorization.*idempotency-key/)
      expect((await preflight('https://elsewhere.example')).headers.get('access-control-allow-origin')).toBeNull()
    })

    it('lets a page it trusts read answers and problems', async () => {
      for (const path of ['/v1/products', '/v1/users/me']) {
        const { headers } = await ask(shop.url, { path, headers: { origin: friendlyOrigin } })
        expect(headers.get('access-control-allow-origin')).toBe(friendlyOrigin)
        expect(headers.get('access-control-expose-headers')).toMatch(/x-request-id/)
        expect(headers.get('access-control-allow-credentials')).toBeNull()
      }
    })

    it('describes itself as the committed file does', async () => {
      const { status, body } = await ask(shop.url, { path: '/openapi.json' })
      expect(status).toBe(200)
      expect(body).toEqual(JSON.parse(await readFile(openApiFile, 'utf8')))
    })

    it('says that it lives and takes work', async () => {
      expect((await ask(shop.url, { path: '/health/live' })).body).toEqual({ status: 'live' })
      const ready = await ask(shop.url, { path: '/health/ready' })
      expect(ready.status).toBe(200)
      expect(ready.body).toMatchObject({ status: 'ready', dependencies: { registry: { healthy: true } } })
    })
  })
}

/** `fetch` would tidy the path before it is sent. */
function statusOfRaw(url: string, path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    plainRequest({ hostname, port, path }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end()
  })
}
