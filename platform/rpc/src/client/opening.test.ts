import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { fixedRegistry } from '../testing/fixed-registry.ts'
import { failureOf, request } from '../testing/outgoing.ts'
import { deadPort, instanceAt } from '../testing/serve-http.ts'

const { transport: open, http: serve } = closedAfterEach()

const closeOf = (res: ServerResponse) => new Promise<string>((resolve) => res.once('close', () => resolve('closed')))

describe('a stream', () => {
  it('is there as soon as it begins, and goes on for longer than its beginning may take', async () => {
    let write = (_text: string): unknown => undefined
    const server = await serve((_req, res) => {
      res.writeHead(200).write('one')
      write = (text) => res.end(text)
    })
    const { status, body, instance } = await open(fixedRegistry([server.instance])).open({ ...request, timeoutMs: 200 })
    await new Promise((resolve) => setTimeout(resolve, 400))
    write(' two')
    expect([status, (await body.toArray()).join(''), instance]).toEqual([200, 'one two', server.instance])
  })

  it('is left behind at once by whoever gives it up', async () => {
    let closed: Promise<string> | undefined
    const server = await serve((_req, res) => {
      closed = closeOf(res)
      res.writeHead(200).write('one')
    })
    const leaving = new AbortController()
    const { body } = await open(fixedRegistry([server.instance])).open({ ...request, signal: leaving.signal })
    leaving.abort()
    expect(await closed).toBe('closed')
    expect(body.destroyed).toBe(true)
  })

  it('is opened elsewhere where an instance cannot be reached, or breaks off before it answers', async () => {
    const breaking = await serve((_req, res) => void res.destroy(), 'breaking')
    const well = await serve((_req, res) => void res.end('here'), 'well')
    for (const other of [breaking.instance, instanceAt(await deadPort(), 'dead')]) {
      const transport = open(fixedRegistry([other, well.instance]))
      for (let at = 0; at < 4; at += 1) expect((await (await transport.open(request)).body.toArray()).join('')).toBe('here')
    }
  })

  it('that does not begin in time, or at all, is no stream, and nothing was done', async () => {
    let closed: Promise<string> | undefined
    const silent = await serve((_req, res) => void (closed = closeOf(res)))
    const late = open(fixedRegistry([silent.instance])).open({ ...request, timeoutMs: 200 })
    expect(await failureOf(late)).toEqual({ outcome: 'not-sent', reason: 'deadline_exceeded' })
    expect(await closed).toBe('closed')
    expect(await failureOf(open(fixedRegistry([])).open(request))).toEqual({ outcome: 'not-sent', reason: 'no_healthy_instance' })
    const given = open(fixedRegistry([silent.instance])).open({ ...request, signal: AbortSignal.abort() })
    expect(await failureOf(given)).toEqual({ outcome: 'not-sent', reason: 'aborted' })
  })

  it('takes no connection from calls', async () => {
    const server = await serve((req, res) => {
      if (req.url?.endsWith('/stream') === true) res.writeHead(200).write('one')
      else res.end('answered')
    })
    const transport = open(fixedRegistry([server.instance]))
    // more than the pool of calls has connections
    const streams = await Promise.all(Array.from({ length: 80 }, () => transport.open({ ...request, path: '/stream' })))
    expect((await transport.send(request)).body.toString()).toBe('answered')
    for (const { body } of streams) body.destroy()
  })
})
