import { once } from 'node:events'
import { connect } from 'node:net'
import { createTRPCClient, httpBatchStreamLink, httpSubscriptionLink, splitLink, TRPCClientError } from '@trpc/client'
import type { AshlarErrorData, ContractRouter } from '@ashlar/contract'
import { EventSource } from 'undici'
import { describe, expect, it, onTestFinished } from 'vitest'
import { dispatcherAs, followed, type Followed } from '../testing/follow.ts'
import { believe, quietListener } from '../testing/our-listener.ts'
import { serveHttp } from '../testing/serve-http.ts'
import { keepTracks, type KeptTracks, type Tracks } from '../testing/tracks.ts'
import type { EndedStream, SettledCall, StreamLimits } from './listener-options.ts'

interface Served {
  readonly url: string
  readonly kept: KeptTracks
  readonly ended: EndedStream[]
  readonly settled: SettledCall[]
}

async function serve({ wire = 'own', ...limits }: StreamLimits & { wire?: 'own' | 'stock' } = {}): Promise<Served> {
  const kept = keepTracks()
  const ended: EndedStream[] = []
  const settled: SettledCall[] = []
  const listener = quietListener({
    implementations: [kept.implementation],
    authenticate: believe,
    wire,
    onSettled: (call) => settled.push(call),
    streams: { pingEveryMs: 200, ...limits, onEnded: (one) => ended.push(one) },
  })
  const server = await serveHttp((req, res) => void listener(req, res))
  onTestFinished(() => server[Symbol.asyncDispose]())
  return { url: `${server.url}/rpc/tracks.v1`, kept, ended, settled }
}

const clientOf = (url: string, as = 'customer:ada') =>
  createTRPCClient<ContractRouter<Tracks>>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({
          url,
          EventSource,
          eventSourceOptions: { node: { dispatcher: dispatcherAs(as), reconnectionTime: 20 } },
        }),
        false: httpBatchStreamLink({ url }),
      }),
    ],
  })
const follow = (url: string, parcelId: string, { as, after }: { as?: string; after?: string } = {}): Followed => {
  const input = { parcelId, ...(after === undefined ? {} : { lastEventId: after }) }
  return followed((handlers) => clientOf(url, as).followParcel.subscribe(input, handlers))
}
const post = (url: string, input: object, headers: Record<string, string> = {}) =>
  fetch(`${url}/followParcel`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer customer:ada', ...headers },
    body: JSON.stringify(input),
  })

describe.each(['own', 'stock'] as const)('a subscription on the %s wire', (wire) => {
  it('gives a plain tRPC client what there is, then what comes, each under its id', async () => {
    const { url, kept } = await serve({ wire })
    const seen = follow(url, 'p-1')
    expect(await seen.next()).toEqual({ id: '1', data: { place: 'depot 1' } })
    kept.arrive('the ferry')
    expect(await seen.next()).toEqual({ id: '2', data: { place: 'the ferry' } })
    seen.leave()
    await kept.stopped
  })

  it('ends when there is nothing more, and begins after the id its caller has seen', async () => {
    const { url, ended } = await serve({ wire })
    const whole = follow(url, 'delivered')
    await whole.over
    await expect.poll(() => ended).toMatchObject([{ how: 'finished', items: 2 }])
    expect(whole.all.map(({ id }) => id)).toEqual(['1', '2'])
    const rest = follow(url, 'delivered', { after: '1' })
    await rest.over
    expect(rest.all).toEqual([{ id: '2', data: { place: 'depot 2' } }])
  })
})

describe('a subscription', () => {
  it('stops its source at once when its caller goes away, and says so', async () => {
    const { url, kept, ended } = await serve()
    const seen = follow(url, 'p-1')
    await seen.next()
    seen.leave()
    await kept.stopped
    await expect.poll(() => ended).toMatchObject([{ operation: 'tracks.v1/followParcel', how: 'left', items: 1 }])
  })

  it('takes no more out of its source than a slow reader leaves room for', async () => {
    const { url, kept } = await serve()
    const { port, pathname } = new URL(url)
    const socket = connect(Number(port), '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    const input = encodeURIComponent(JSON.stringify({ parcelId: 'long' }))
    socket.write(`GET ${pathname}/followParcel?input=${input} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer customer:ada\r\n\r\n`)
    await once(socket, 'readable')
    // it has stopped taking once two looks, with many turns between them, find the same
    let before = -1
    await expect
      .poll(() => [before, (before = kept.taken)].every((taken) => taken > 0 && taken === kept.taken), { interval: 200, timeout: 10_000 })
      .toBe(true)
    // 16 KiB each: what two kernels hold for a connection, and little more
    expect(kept.taken).toBeLessThan(1_500)
    // nothing has moved for four pings: whoever is there takes nothing any more
    await kept.stopped
  })

  it('breaks off, without an end, after its time, and its client resumes where it was', async () => {
    const { url, kept, ended } = await serve({ longestMs: 150 })
    const seen = follow(url, 'p-1')
    await seen.next()
    await expect.poll(() => ended.length).toBeGreaterThan(0)
    kept.arrive('the ferry')
    expect(await seen.next()).toEqual({ id: '2', data: { place: 'the ferry' } })
    expect(ended[0]).toMatchObject({ how: 'ended', items: 1 })
    seen.leave()
  })

  it('breaks off when the process stops', async () => {
    const closing = new AbortController()
    const { url, kept, ended } = await serve({ closing: closing.signal })
    const response = await post(url, { parcelId: 'p-1' })
    const text = response.text()
    closing.abort()
    expect(await text).not.toMatch(/event: (return|serialized-error)/)
    await kept.stopped
    await expect.poll(() => ended).toMatchObject([{ how: 'ended' }])
    expect(await (await post(url, { parcelId: 'p-1' })).text()).not.toContain('event: return')
  })

  it('has no deadline once it has begun', async () => {
    const { url, kept, ended } = await serve()
    const response = await post(url, { parcelId: 'p-1' }, { 'x-deadline-ms': '150' })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    const until = async (holds: () => boolean): Promise<void> => {
      for (let isOver: boolean | undefined = false; !holds() && isOver !== true;) {
        const piece = await reader?.read()
        text += piece?.value ?? ''
        isOver = piece?.done
      }
    }
    // the second sign of life comes long after
    await until(() => text.split('event: ping').length > 2)
    kept.arrive('the ferry')
    await until(() => text.includes('the ferry'))
    expect([text, ended]).toEqual([expect.stringMatching(/event: ping[^]*event: ping[^]*the ferry/), []])
    await reader?.cancel()
  })

  it('shows that it lives while it has nothing to say', async () => {
    const { url } = await serve()
    const reader = (await post(url, { parcelId: 'p-1' })).body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!text.includes('event: ping')) text += (await reader?.read())?.value ?? ''
    await reader?.cancel()
    expect(text).toMatch(/event: connected[^]*"depot 1"[^]*event: ping/)
  })

  it('is refused to whoever may not ask, with a declared error, and for a bad input: in the stream to a browser, by its status to others', async () => {
    const { url, settled } = await serve()
    const refusal = async (parcelId: string, as?: string) => {
      const error: unknown = await follow(url, parcelId, as === undefined ? {} : { as }).over.catch((cause: unknown) => cause)
      return error instanceof TRPCClientError ? (error.data as AshlarErrorData) : error
    }
    expect(await refusal('lost')).toMatchObject({ reason: 'parcel_not_found', details: { parcelId: 'lost' }, httpStatus: 404 })
    expect(await refusal('p-1', 'service:post')).toMatchObject({ reason: 'forbidden', httpStatus: 403 })
    expect(settled.map(({ reason, status }) => [reason, status])).toEqual([
      ['parcel_not_found', 404],
      ['forbidden', 403],
    ])
    expect((await post(url, { parcelId: 'lost' })).status).toBe(404)
    expect((await post(url, { parcelId: 7 })).status).toBe(400)
    expect((await post(url, { parcelId: 'p-1', extra: 1 })).status).toBe(400)
    expect((await post(url, { parcelId: 'p-1' }, { authorization: '' })).status).toBe(401)
  })

  it('tells one who has seen everything that there is nothing more', async () => {
    const { url } = await serve()
    expect((await post(url, { parcelId: 'delivered' }, { 'last-event-id': '2' })).status).toBe(204)
    expect((await post(url, { parcelId: 'delivered' }, { 'last-event-id': '1' })).status).toBe(200)
  })

  it('lets no item out that its contract does not allow', async () => {
    const { url, kept, ended } = await serve()
    const response = await post(url, { parcelId: 'p-1' })
    kept.arrive(7)
    const text = await response.text()
    expect(text).toContain('event: serialized-error')
    expect(text).toContain('"reason":"internal"')
    expect(text).not.toContain('"place":7')
    await expect.poll(() => ended).toMatchObject([{ how: 'failed', items: 1 }])
  })

  it('is one of a bounded number', async () => {
    const { url } = await serve({ most: 1 })
    const first = follow(url, 'p-1')
    await first.next()
    const second = await post(url, { parcelId: 'p-2' })
    expect([second.status, await second.text()]).toEqual([503, expect.stringContaining('"retryAfterSeconds":2')])
    first.leave()
    await expect.poll(async () => (await post(url, { parcelId: 'delivered' })).status).toBe(200)
  })

  it('is asked for alone, beside streamed batches of the same contract', async () => {
    const { url } = await serve()
    const response = await fetch(`${url}/followParcel,followParcel?batch=1`, { headers: { authorization: 'Bearer customer:ada' } })
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('batch_mixed')])
    const client = clientOf(url)
    expect(await Promise.all([client.countParcels.query({}), client.countParcels.query({})])).toEqual([{ parcels: 3 }, { parcels: 3 }])
  })
})
