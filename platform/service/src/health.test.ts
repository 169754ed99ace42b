import { describe, expect, it } from 'vitest'
import { Health } from './health.ts'

describe('a report', () => {
  it('is ready when all that is required is well, and shows the rest', async () => {
    const health = new Health()
    health.watch('database', async () => ({ healthy: true, latencyMs: 1.234 }))
    health.watch('registry', async () => ({ healthy: false, detail: 'away', required: false }))
    const { status, dependencies } = await health.report()
    expect(status).toBe('ready')
    expect(dependencies['database']).toEqual({ healthy: true, latencyMs: 1.2 })
    expect(dependencies['registry']).toMatchObject({ healthy: false, detail: 'away', latencyMs: expect.any(Number) })
  })

  it('is not ready when a probe says no, throws, or says nothing for a second', async () => {
    for (const probe of [
      async () => ({ healthy: false }),
      () => Promise.reject<{ healthy: boolean }>(new Error('refused')),
      () => new Promise<{ healthy: boolean }>(() => undefined),
    ]) {
      const health = new Health()
      health.watch('broker', probe)
      expect(await health.report()).toMatchObject({ status: 'not_ready', dependencies: { broker: { healthy: false } } })
    }
  })

  it('is not ready from the moment of draining, whatever was found before', async () => {
    const health = new Health()
    expect((await health.report()).status).toBe('ready')
    health.drain()
    expect((await health.report()).status).toBe('draining')
  })

  it('asks one after the other, so that those of one database need one connection', async () => {
    const health = new Health()
    let [asking, most] = [0, 0]
    for (const name of ['database', 'outbox', 'sagas'])
      health.watch(name, async () => {
        most = Math.max(most, (asking += 1))
        await new Promise((resolve) => setImmediate(resolve))
        asking -= 1
        return { healthy: true }
      })
    expect((await health.report()).status).toBe('ready')
    expect(most).toBe(1)
  })

  it('asks the others while one hangs', async () => {
    const health = new Health()
    const answered = Promise.withResolvers<{ healthy: boolean }>()
    health.watch('broker', () => answered.promise)
    // the broker's answer comes only once the database was asked
    health.watch('database', async () => {
      answered.resolve({ healthy: true })
      return { healthy: true }
    })
    expect(await health.report()).toMatchObject({ status: 'ready', dependencies: { broker: { healthy: true } } })
  })

  it('asks once for many who ask at the same time', async () => {
    const health = new Health()
    let asked = 0
    health.watch('database', async () => {
      asked += 1
      return { healthy: true }
    })
    await Promise.all([health.report(), health.report(), health.report()])
    expect(asked).toBe(1)
  })
})
