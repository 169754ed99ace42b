import { describe, expect, it } from 'vitest'
import { fixedRegistry } from '../testing/fixed-registry.ts'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { failureOf, request } from '../testing/outgoing.ts'
import { deadPort, instanceAt } from '../testing/serve-http.ts'

const { transport: open, http: serve } = closedAfterEach()

describe('a transport with several instances', () => {
  it('passes over an instance that refuses connections', async () => {
    const alive = await serve((_req, res) => res.end('well'), 'alive')
    const transport = open(fixedRegistry([instanceAt(await deadPort(), 'dead'), alive.instance]))
    const replies = await Promise.all(Array.from({ length: 40 }, () => transport.send(request)))
    expect(new Set(replies.map(({ instance }) => instance.id))).toEqual(new Set(['alive']))
  })

  it('asks another instance when the first one dies with the request in hand', async () => {
    const dying = await serve((_req, res) => res.destroy(), 'dying')
    const alive = await serve((_req, res) => res.end('well'), 'alive')
    // anew each time: one that lost a connection is not asked again for a moment
    for (let time = 0; time < 20; time += 1) {
      const transport = open(fixedRegistry([dying.instance, alive.instance]))
      const { instance } = await transport.send({ ...request, repeatable: true })
      expect(instance.id).toBe('alive')
    }
  })

  it('says that nothing was sent when every instance refuses', async () => {
    const transport = open(fixedRegistry([instanceAt(await deadPort(), 'dead'), instanceAt(await deadPort(), 'gone')]))
    expect(await failureOf(transport.send(request))).toEqual({ outcome: 'not-sent', reason: 'connection_refused' })
  })

  it('says that nothing was sent when nobody is there', async () => {
    expect(await failureOf(open(fixedRegistry()).send(request))).toEqual({ outcome: 'not-sent', reason: 'no_healthy_instance' })
  })

  it('asks nobody who keeps another version of the contract', async () => {
    const server = await serve((_req, res) => res.end())
    const transport = open(fixedRegistry([{ ...server.instance, contracts: ['parcels.v1'] }]))
    expect(await failureOf(transport.send(request))).toEqual({ outcome: 'not-sent', reason: 'no_healthy_instance' })
  })

  it('prefers the instance with less to do', async () => {
    const waiting: (() => void)[] = []
    const slow = await serve((_req, res) => waiting.push(() => res.end()), 'slow')
    const quick = await serve((_req, res) => res.end(), 'quick')
    const registry = fixedRegistry([slow.instance])
    const transport = open(registry)
    const stuck = Array.from({ length: 3 }, () => transport.send(request))
    await expect.poll(() => waiting.length).toBe(3)
    registry.set([slow.instance, quick.instance])
    for (let call = 0; call < 20; call += 1) expect((await transport.send(request)).instance.id).toBe('quick')
    for (const end of waiting) end()
    expect((await Promise.all(stuck)).map(({ instance }) => instance.id)).toEqual(['slow', 'slow', 'slow'])
  })

  it('lets calls end on an instance that left the registry', async () => {
    const arrived = Promise.withResolvers<() => void>()
    const leaver = await serve((_req, res) => arrived.resolve(() => res.end('done')), 'leaver')
    const stayer = await serve((_req, res) => res.end('here'), 'stayer')
    const registry = fixedRegistry([leaver.instance])
    const transport = open(registry)
    const last = transport.send(request)
    const answer = await arrived.promise
    registry.set([stayer.instance])
    expect((await transport.send(request)).body.toString()).toBe('here')
    answer()
    expect((await last).body.toString()).toBe('done')
  })
})
