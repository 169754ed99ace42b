import { rename, writeFile } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { ask } from './testing/ask.ts'
import { openGround, type Ground, type GroundOptions } from './testing/ground.ts'
import { openRaw } from './testing/raw-exchange.ts'

let ground: Ground | undefined
afterEach(async () => {
  await ground?.[Symbol.asyncDispose]()
  ground = undefined
})
async function opened(options?: GroundOptions): Promise<Ground> {
  return (ground = await openGround(options))
}
const steep = 'GET /v1/steeps/assam HTTP/1.1\r\nHost: shop\r\n\r\n'

describe('a gateway that stops', () => {
  it('finishes what it has in hand, says so on the connection, and closes', async () => {
    // what is not cut after its last answer would be waited for longer than a test may take
    const { gateway, services } = await opened({ environment: { DRAIN_GRACE_MS: '60000' } })
    using raw = await openRaw(gateway.port)
    using idle = await openRaw(gateway.port)
    raw.write(steep)
    await expect.poll(() => services.teas.recorded.length).toBe(1)
    const stopped = gateway.stop()
    const [answer] = await raw.responses(1)
    expect(answer?.status).toBe(504)
    expect(answer?.head).toMatch(/^connection: close$/im)
    await Promise.all([stopped, raw.closed, idle.closed])
    await expect(ask(`http://127.0.0.1:${gateway.port}`, '/v1/teas/assam')).rejects.toThrow('ECONNREFUSED')
  })

  it('goes on answering while callers learn of it, each answer the last of its connection', async () => {
    const { gateway, url } = await opened({ environment: { DRAIN_PROPAGATION_MS: '500' } })
    const stopped = gateway.stop()
    const { status, headers } = await ask(url, '/v1/teas/assam')
    expect(status).toBe(200)
    expect(headers['connection']).toBe('close')
    expect((await ask(url, '/health/ready')).body).toMatchObject({ status: 'draining' })
    await stopped
  })

  it('cuts what does not finish in the time it was given', async () => {
    const { gateway, services } = await opened({ environment: { DRAIN_GRACE_MS: '50' } })
    using raw = await openRaw(gateway.port)
    raw.write(steep)
    await expect.poll(() => services.teas.recorded.length).toBe(1)
    await gateway.stop()
    await raw.closed
    expect(raw.received()).toBe('')
  })
})

describe('a gateway without its registry', () => {
  it('starts, says that it is not ready, and recovers by itself', async () => {
    await using apart = await openGround({ registry: 'away' })
    const before = await ask(apart.url, '/health/ready')
    expect(before.status).toBe(503)
    expect(before.body).toEqual({ status: 'not_ready', dependencies: { registry: { healthy: false } } })
    expect((await ask(apart.url, '/health/live')).status).toBe(200)
    const { status, headers, body } = await ask(apart.url, '/v1/steeps/assam')
    expect([status, body.code]).toEqual([503, 'unavailable'])
    expect(headers['retry-after']).toBe('2')

    await apart.bringRegistry()
    await expect.poll(async () => (await ask(apart.url, '/health/ready')).status, { timeout: 5_000 }).toBe(200)
    await expect.poll(async () => (await ask(apart.url, '/v1/teas/assam')).status, { timeout: 5_000 }).toBe(200)
  })

  it('asks whom it last heard of when the registry goes away later, and stays in routing', async () => {
    const { url, registryFolder } = await opened()
    await expect.poll(async () => (await ask(url, '/health/ready')).status).toBe(200)
    await ask(url, '/v1/teas/assam')
    await rename(registryFolder, `${registryFolder}-elsewhere`)
    await writeFile(registryFolder, 'no folder any more')
    await expect
      .poll(async () => (await ask(url, '/health/ready')).body, { timeout: 3_000 })
      .toMatchObject({ status: 'ready', dependencies: { registry: { healthy: false } } })
    expect((await ask(url, '/v1/teas/assam')).status).toBe(200)
  })
})
