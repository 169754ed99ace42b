import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { fixedRegistry } from '../testing/fixed-registry.ts'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { failureOf, request } from '../testing/outgoing.ts'

const { transport: open, http: serve } = closedAfterEach()

describe('a transport', () => {
  it('brings back whatever the instance says, and which one said it', async () => {
    const server = await serve((_req, res) => res.writeHead(418, { 'x-kettle': 'on' }).end('short and stout'))
    const reply = await open(fixedRegistry([server.instance])).send(request)
    expect([reply.status, reply.headers['x-kettle'], reply.body.toString(), reply.instance]).toEqual([
      418,
      'on',
      'short and stout',
      server.instance,
    ])
  })

  it.each([
    ['before a reply', (res: ServerResponse) => res.destroy()],
    ['in the middle of a reply', (res: ServerResponse) => res.writeHead(200, { 'content-length': 100 }).write('half', () => res.destroy())],
  ])('does not know what happened when the connection is lost %s', async (_when, lose) => {
    let requests = 0
    const server = await serve((_req, res) => {
      requests += 1
      lose(res)
    })
    expect(await failureOf(open(fixedRegistry([server.instance])).send(request))).toEqual({ outcome: 'unknown', reason: 'connection_lost' })
    expect(requests).toBe(1)
  })

  it('asks once more what may be asked twice', async () => {
    let requests = 0
    const server = await serve((_req, res) => {
      requests += 1
      if (requests === 1) res.destroy()
      else res.end('second')
    })
    const reply = await open(fixedRegistry([server.instance])).send({ ...request, repeatable: true })
    expect([reply.body.toString(), requests]).toEqual(['second', 2])
  })

  it('does not ask for ever', async () => {
    let requests = 0
    const server = await serve((_req, res) => {
      requests += 1
      res.destroy()
    })
    const failure = await failureOf(open(fixedRegistry([server.instance])).send({ ...request, repeatable: true }))
    expect([failure.outcome, requests]).toEqual(['unknown', 2])
  })

  it('does not know what happened when the time is up after it asked', async () => {
    const server = await serve(() => undefined)
    expect(await failureOf(open(fixedRegistry([server.instance])).send({ ...request, timeoutMs: 300 }))).toEqual({
      outcome: 'unknown',
      reason: 'deadline_exceeded',
    })
  })

  it('asks nobody when there is no time left', async () => {
    let requests = 0
    const server = await serve((_req, res) => {
      requests += 1
      res.end()
    })
    expect(await failureOf(open(fixedRegistry([server.instance])).send({ ...request, timeoutMs: 0 }))).toEqual({
      outcome: 'not-sent',
      reason: 'deadline_exceeded',
    })
    expect(requests).toBe(0)
  })

  it('waits for a registry that has not spoken yet, but not past the deadline', async () => {
    const registry = fixedRegistry()
    const silent = {
      ...registry,
      watch: () => ({ ready: new Promise<void>(() => undefined), instances: () => [], close: () => undefined }),
    }
    expect(await failureOf(open(silent).send({ ...request, timeoutMs: 40 }))).toEqual({ outcome: 'not-sent', reason: 'deadline_exceeded' })
  })

  it('stops when its caller does, and the instance hears of it', async () => {
    const leaving = new AbortController()
    const left = Promise.withResolvers<void>()
    const server = await serve((_req, res) => {
      res.on('close', () => left.resolve())
      leaving.abort()
    })
    expect(await failureOf(open(fixedRegistry([server.instance])).send({ ...request, signal: leaving.signal }))).toEqual({
      outcome: 'unknown',
      reason: 'aborted',
    })
    await left.promise
  })

  it('tells the instance how much time is left', async () => {
    const server = await serve((req, res) => res.end(req.headers['x-deadline-ms']))
    const reply = await open(fixedRegistry([server.instance])).send({ ...request, timeoutMs: 3_000 })
    expect(Number(reply.body.toString())).toBeGreaterThan(0)
    expect(Number(reply.body.toString())).toBeLessThanOrEqual(3_000)
  })

  it('fails what is in flight when it is closed, and sends nothing more', async () => {
    const arrived = Promise.withResolvers<void>()
    const server = await serve(() => arrived.resolve())
    const transport = open(fixedRegistry([server.instance]))
    const failure = failureOf(transport.send(request))
    await arrived.promise
    await transport.close()
    expect(await failure).toEqual({ outcome: 'unknown', reason: 'closed' })
    expect(await failureOf(transport.send(request))).toEqual({ outcome: 'not-sent', reason: 'closed' })
  })

  it('never sends what cannot be written', async () => {
    const server = await serve((_req, res) => res.end())
    const failure = await failureOf(open(fixedRegistry([server.instance])).send({ ...request, headers: { 'x-note': 'two\r\nlines' } }))
    expect(failure).toEqual({ outcome: 'not-sent', reason: 'invalid_request' })
  })

  it('gives up a request that still waits for a connection without ever sending it', async () => {
    const seen: string[] = []
    const release = Promise.withResolvers<void>()
    const server = await serve((req, res) => {
      seen.push(req.url ?? '')
      void release.promise.then(() => res.end())
    })
    const transport = open(fixedRegistry([server.instance]))
    const busy = Array.from({ length: 64 }, () => transport.send(request))
    const failure = await failureOf(transport.send({ ...request, path: '/late', timeoutMs: 300 }))
    expect(failure).toEqual({ outcome: 'not-sent', reason: 'deadline_exceeded' })
    release.resolve()
    await Promise.all(busy)
    await transport.send({ ...request, path: '/after' })
    expect(seen.at(-1)).toBe('/after')
    expect(seen).not.toContain('/late')
  })
})
