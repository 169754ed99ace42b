import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { createTRPCClient, httpSubscriptionLink, TRPCClientError } from '@trpc/client'
import type { GatewayRouter } from '@ashlar/contract'
import { Agent, EventSource } from 'undici'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { ask } from '../testing/ask.ts'
import { openGround, type Ground } from '../testing/ground.ts'
import { keepKettles, kettles, type KeptKettles, type Kettles } from '../testing/kettles.ts'

let ground: Ground
let kept: KeptKettles
let ada: string
beforeEach(async () => {
  kept = keepKettles()
  ground = await openGround({
    contracts: [kettles],
    teas: kept.implementation,
    environment: { GATEWAY_STREAMS_PER_CALLER: '2', GATEWAY_STREAMS: '3', DRAIN_GRACE_MS: '2000' },
  })
  ada = await ground.tokenFor('ada')
})
afterEach(() => ground[Symbol.asyncDispose]())

const path = '/v1/kettles/k-1/changes'

interface Stream {
  readonly response: Response
  /** Reads on until this has come, and gives all of it so far. */
  until(text: string): Promise<string>
  whole(): Promise<string>
  leave(): Promise<void>
}

async function follow(at: string, headers: Record<string, string> = {}): Promise<Stream> {
  const response = await fetch(ground.url + at, { headers })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  onTestFinished(async () => reader?.cancel().catch(() => undefined))
  let all = ''
  const more = async (): Promise<boolean> => {
    const { value = '', done = true } = (await reader?.read()) ?? {}
    all += value
    return !done
  }
  return {
    response,
    async until(text) {
      while (!all.includes(text)) if (!(await more())) throw new Error(`the stream ended: ${all}`)
      return all
    },
    async whole() {
      while (await more());
      return all
    },
    leave: async () => reader?.cancel(),
  }
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

describe('what a customer follows by REST', () => {
  it('comes as server-sent events: what there is, then what comes, then an end', async () => {
    const stream = await follow(path, bearer(ada))
    expect([stream.response.status, stream.response.headers.get('content-type'), stream.response.headers.get('cache-control')]).toEqual([
      200,
      'text/event-stream',
      'no-store',
    ])
    expect(await stream.until('"degrees":20')).toBe('retry: 2000\n\nid: 1\ndata: {"degrees":20}\n\n')
    // for longer than its beginning may take
    await pause(1_200)
    kept.heat(100)
    expect(await stream.whole()).toBe(
      'retry: 2000\n\nid: 1\ndata: {"degrees":20}\n\nid: 2\ndata: {"degrees":100}\n\nevent: end\ndata: {}\n\n',
    )
    expect(ground.logged().filter(({ event }) => event === 'request')).toMatchObject([
      { route: '/v1/kettles/{kettleId}/changes', status: 200, streamed_ms: expect.any(Number) as number },
    ])
  })

  it('goes on after the id that was seen last, and is over for one who has seen all', async () => {
    kept.heat(100)
    const rest = await follow(path, { ...bearer(ada), 'last-event-id': '1' })
    expect(await rest.whole()).toBe('retry: 2000\n\nid: 2\ndata: {"degrees":100}\n\nevent: end\ndata: {}\n\n')
    expect((await follow(path, { ...bearer(ada), 'last-event-id': '2' })).response.status).toBe(204)
  })

  it('is read by the EventSource of browsers, which comes back by itself and stops when all is told', async () => {
    const seen: string[] = []
    const source = new EventSource(`${ground.url}/v1/room`)
    onTestFinished(() => source.close())
    const closed = new Promise<void>((resolve) => {
      source.addEventListener('error', () => {
        if (source.readyState === EventSource.CLOSED) resolve()
      })
    })
    source.addEventListener('message', ({ data, lastEventId }) => void seen.push(`${lastEventId} ${String(data)}`))
    await expect.poll(() => seen).toEqual(['1 {"degrees":20}'])
    // the service dies under it: no end was told
    const { teas } = ground.services
    await teas.stop()
    await ground.run(kept.implementation)
    kept.heat(60)
    await expect.poll(() => seen, { timeout: 10_000 }).toEqual(['1 {"degrees":20}', '2 {"degrees":60}'])
    kept.heat(100)
    await closed
    expect(seen).toEqual(['1 {"degrees":20}', '2 {"degrees":60}', '3 {"degrees":100}'])
  }, 20_000)

  it('waits for an instance with whoever resumes: a browser that is refused comes back no more', async () => {
    await ground.services.teas.stop()
    const resuming = follow(path, { ...bearer(ada), 'last-event-id': '1' })
    expect((await follow(path, bearer(ada))).response.status).toBe(503)
    await ground.run(kept.implementation)
    kept.heat(100)
    expect(await (await resuming).whole()).toContain('id: 2\n')
  })

  it('is refused with a problem document to whoever may not, for what is not there and for what cannot be', async () => {
    const refusal = async (at: string, headers: Record<string, string> = {}) => {
      const { status, body } = await ask(ground.url, at, { headers })
      return [status, (body as { code: string }).code]
    }
    expect(await refusal(path)).toEqual([401, 'unauthenticated'])
    expect(await refusal('/v1/kettles/none/changes', bearer(ada))).toEqual([404, 'kettle_not_found'])
    expect(await refusal(`${path}?verbose=1`, bearer(ada))).toEqual([400, 'invalid_input'])
    expect(await refusal(path, { ...bearer(ada), 'last-event-id': 'a b' })).toEqual([400, 'invalid_input'])
    await ground.services.teas.stop()
    expect(await refusal(path, bearer(ada))).toEqual([503, 'unavailable'])
  })

  it('says by HEAD what it would be, and opens nothing', async () => {
    const { status, headers } = await ask(ground.url, path, { method: 'HEAD', token: ada })
    expect([status, headers['content-type'], kept.watching]).toEqual([200, 'text/event-stream', 0])
  })

  it('is let go at the service as soon as the caller leaves', async () => {
    const stream = await follow(path, bearer(ada))
    await stream.until('"degrees":20')
    expect(kept.watching).toBe(1)
    await stream.leave()
    await expect.poll(() => kept.watching).toBe(0)
  })

  it('is held open by each no more often than may be, nor by all together', async () => {
    const bob = await ground.tokenFor('bob')
    const held = [await follow(path, bearer(ada)), await follow(path, bearer(ada))]
    const third = await ask(ground.url, path, { token: ada })
    expect([third.status, third.body.code, third.headers['retry-after']]).toEqual([429, 'too_many_requests', '10'])
    const bobs = await follow(path, bearer(bob))
    const another = await ask(ground.url, path, { token: bob })
    expect([another.status, another.body.code, another.headers['retry-after']]).toEqual([503, 'overloaded', '10'])
    for (const stream of [...held, bobs]) await stream.leave()
    await expect.poll(async () => (await follow(path, bearer(ada))).response.status).toBe(200)
  })

  it('breaks off without an end when the gateway stops, and does not keep it from stopping', async () => {
    const stream = await follow(path, bearer(ada))
    await stream.until('"degrees":20')
    const stopped = ground.gateway.stop()
    expect(await stream.whole()).not.toContain('event: end')
    await stopped
    await expect.poll(() => kept.watching).toBe(0)
  })

  it('is taken from the service no faster than the caller takes it', async () => {
    const socket = connect(ground.gateway.port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.write(`GET /v1/kettles/endless/changes HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${ada}\r\n\r\n`)
    await once(socket, 'readable')
    // it has stopped once two looks, with many turns between them, find the same
    let before = -1
    const isStill = (): boolean => before === (before = kept.taken) && before > 0
    await expect.poll(isStill, { interval: 300, timeout: 15_000 }).toBe(true)
    // 16 KiB each: what three kernels hold for two connections, and little more
    expect(kept.taken).toBeLessThan(3_000)
  }, 20_000)
})

describe('what a typed client follows', () => {
  const clientAs = (token: string) => {
    const dispatcher = new Agent().compose((dispatch) => (options, handler) => {
      const headers = { ...(options.headers as Record<string, string>), ...bearer(token) }
      return dispatch({ ...options, headers }, handler)
    })
    const link = httpSubscriptionLink({
      url: `${ground.url}/trpc`,
      EventSource,
      eventSourceOptions: { node: { dispatcher, reconnectionTime: 50 } },
    })
    return createTRPCClient<GatewayRouter<{ teas: Kettles }>>({ links: [link] })
  }

  it('comes to a plain tRPC client with its ids, and ends', async () => {
    const seen: unknown[] = []
    const over = Promise.withResolvers<void>()
    clientAs(ada).teas.watchKettle.subscribe(
      { kettleId: 'k-1' },
      { onData: (item) => void seen.push(item), onError: over.reject, onComplete: over.resolve },
    )
    await expect.poll(() => seen).toEqual([{ id: '1', data: { degrees: 20 } }])
    kept.heat(100)
    await over.promise
    expect(seen[1]).toEqual({ id: '2', data: { degrees: 100 } })
  })

  it('is refused in the stream, where a client reads it', async () => {
    const refusalOf = async (kettleId: string, token: string) => {
      const over = Promise.withResolvers<unknown>()
      clientAs(token).teas.watchKettle.subscribe({ kettleId }, { onError: over.resolve, onComplete: () => over.resolve('over') })
      const error = await over.promise
      return error instanceof TRPCClientError ? (error.data as { reason: string }).reason : error
    }
    expect(await refusalOf('none', ada)).toBe('kettle_not_found')
    expect(await refusalOf('k-1', 'none')).toBe('unauthenticated')
  })

  it('is asked for alone, and with its status by POST', async () => {
    const batch = await ask(ground.url, '/trpc/teas.watchRoom,teas.watchRoom?batch=1')
    expect([batch.status, batch.body.error.data.reason]).toEqual([400, 'batch_mixed'])
    const posted = await ask(ground.url, '/trpc/teas.watchKettle', { method: 'POST', body: { kettleId: 'none' }, token: ada })
    expect([posted.status, posted.body.error.data.reason]).toEqual([404, 'kettle_not_found'])
  })
})
