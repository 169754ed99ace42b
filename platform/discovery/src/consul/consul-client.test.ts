import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { RegistryRefusedError, RegistryUnavailableError } from '../registry-errors.ts'
import { openConsulClient } from './consul-client.ts'

/** A server that answers every request with one status, and remembers what it was asked. */
async function answering(status: number): Promise<AsyncDisposable & { origin: string; asked: { url?: string; token?: unknown }[] }> {
  const asked: { url?: string; token?: unknown }[] = []
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', token: request.headers['x-consul-token'] })
    response.writeHead(status, { 'x-consul-index': '5' }).end('[]')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { origin: `http://127.0.0.1:${port}`, asked, [Symbol.asyncDispose]: close }
}

const once = { index: 0, waitMs: 0, consistency: 'consistent' } as const

it('reads a token file again for each request, so that a rotated token counts', async () => {
  await using server = await answering(200)
  const folder = await mkdtemp(join(tmpdir(), 'token-'))
  const file = join(folder, 'token')
  const client = openConsulClient(server.origin, { file })
  await writeFile(file, 'old\n')
  await client.isRegistered('a b/c')
  await writeFile(file, 'new')
  await client.isRegistered('a')
  expect(server.asked).toEqual([
    { url: '/v1/agent/service/a%20b%2Fc', token: 'old' },
    { url: '/v1/agent/service/a', token: 'new' },
  ])
  await client.close()
  await rm(folder, { recursive: true })
})

it('blocks after an index and asks at once without one', async () => {
  await using server = await answering(200)
  const client = openConsulClient(server.origin, undefined)
  const { signal } = new AbortController()
  await client.readHealth('tea', { index: 9, waitMs: 1_500, consistency: 'stale' }, signal)
  await client.readHealth('tea', once, signal)
  expect(server.asked.map(({ url }) => url)).toEqual([
    '/v1/health/service/tea?index=9&wait=1500ms&stale',
    '/v1/health/service/tea?consistent',
  ])
  await client.close()
})

it.each([
  [403, RegistryRefusedError],
  [400, RegistryRefusedError],
  [429, RegistryUnavailableError],
  [500, RegistryUnavailableError],
])('tells a refusal from an outage: %i', async (status, kind) => {
  await using server = await answering(status)
  const client = openConsulClient(server.origin, 'top-secret')
  const failure = await client.register({}).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(kind)
  expect(String(failure)).not.toContain('top-secret')
  await client.close()
})

it('takes an instance that Consul does not know for deregistered', async () => {
  await using server = await answering(404)
  const client = openConsulClient(server.origin, undefined)
  await expect(client.deregister('a')).resolves.toBeUndefined()
  expect(await client.isRegistered('a')).toBe(false)
  await client.close()
})

it('names the cause when nobody listens', async () => {
  const gone = await answering(200)
  await gone[Symbol.asyncDispose]()
  const client = openConsulClient(gone.origin, undefined)
  await expect(client.readHealth('tea', once, new AbortController().signal)).rejects.toMatchObject({
    name: 'RegistryUnavailableError',
    cause: { code: 'ECONNREFUSED' },
  })
  await client.close()
})
