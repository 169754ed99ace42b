import { currentContext, type CallContext } from '@observability/telemetry'
import { describe, expect, it } from 'vitest'
import { ask } from '../testing/ask.ts'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { quietListener } from '../testing/our-listener.ts'
import { keepParcels, parcels } from '../testing/parcels.ts'
import { implement } from './implement.ts'

const { parcels: serve, http: serveHttp } = closedAfterEach()

describe.each(['own', 'stock'] as const)('the context of a call on the %s wire', (wire) => {
  it('runs a call under the request id and the trace of its caller', async () => {
    const { listen, seen } = watchingContexts({ wire })
    const server = await serveHttp(listen)
    const caller = { 'x-request-id': 'order-77', traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', tracestate: 'a=b' }
    await fetch(`${server.url}/rpc/parcels.v2/findParcel?input=${encodeURIComponent('{"parcelId":"p"}')}`, { headers: caller })
    expect(seen[0]).toMatchObject({
      requestId: 'order-77',
      trace: { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', flags: '01', state: 'a=b' },
    })
    expect(seen[0]?.trace.spanId).not.toBe('00f067aa0ba902b7')
    expect(seen[0]?.deadlineAt).toBeUndefined()
  })

  it('makes up what the caller does not say, or says badly', async () => {
    const { listen, seen } = watchingContexts({ wire })
    const server = await serveHttp(listen)
    for (const id of ['bad id <script>', 'x'.repeat(200)]) {
      await fetch(`${server.url}/rpc/parcels.v2/findParcel?input=${encodeURIComponent('{"parcelId":"p"}')}`, {
        headers: { 'x-request-id': id, traceparent: 'zz' },
      })
    }
    expect(seen.map(({ requestId }) => requestId)).toEqual([
      expect.stringMatching(/^[0-9a-f-]{36}$/),
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ])
    expect(seen[0]?.trace.traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(seen[0]?.trace.traceId).not.toBe(seen[1]?.trace.traceId)
  })

  it('answers 504 when the deadline passes, and tells the handler', async () => {
    const server = await serve({ wire })
    const lingering = server.kept.nextLinger()
    const { status, body } = await ask(server, 'linger', { headers: { 'x-deadline-ms': '60' } })
    expect([status, body.error?.data['reason']]).toEqual([504, 'deadline_exceeded'])
    expect(await lingering.stopped).toMatchObject({ name: 'TimeoutError' })
  })

  it('does not begin what its caller will not wait for', async () => {
    const server = await serve({ wire })
    const { status, body } = await ask(server, 'linger', { headers: { 'x-deadline-ms': '1' } })
    expect([status, body.error?.data['reason']]).toEqual([504, 'deadline_too_short'])
  })

  it('refuses a deadline that is no number of milliseconds', async () => {
    const server = await serve({ wire })
    const { status, body } = await ask(server, 'linger', { headers: { 'x-deadline-ms': 'soon' } })
    expect([status, body.error?.data['reason']]).toEqual([400, 'invalid_deadline'])
  })
})

function watchingContexts({ wire }: { wire: 'own' | 'stock' }) {
  const seen: CallContext[] = []
  const listener = quietListener({
    wire,
    implementations: [
      implement(parcels, {
        ...keepParcels().handlers,
        findParcel: ({ parcelId }) => {
          const context = currentContext()
          if (context !== undefined) seen.push(context)
          return Promise.resolve({ parcelId, grams: 1 })
        },
      }),
    ],
  })
  return { seen, listen: (...[req, res]: Parameters<typeof listener>) => void listener(req, res) }
}
