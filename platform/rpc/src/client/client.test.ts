import { newTrace, runInContext, type CallContext } from '@observability/telemetry'
import { describe, expect, it } from 'vitest'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { fixedRegistry } from '../testing/fixed-registry.ts'
import { parcels } from '../testing/parcels.ts'
import type { ServedHttp } from '../testing/serve-http.ts'
import type { Calling } from './call-operation.ts'
import { createClient } from './client.ts'

const { parcels: serveParcels, http: serveHttp, transport } = closedAfterEach()

function clientOf({ instance }: ServedHttp, calling: Partial<Calling> = {}) {
  return createClient(parcels, { transport: transport(fixedRegistry([instance])), ...calling })
}

/** Answers with the headers it was sent, as if they were a parcel. */
async function echo() {
  return serveHttp((req, res) => res.end(JSON.stringify({ result: { data: req.headers } })))
}

const context: CallContext = { requestId: 'r-9', trace: { ...newTrace(), state: 'vendor=1' } }
const input = { parcelId: 'p' }

describe('the client of a contract', () => {
  it('gives answers that can be matched', async () => {
    const client = clientOf(await serveParcels())
    const say = async (parcelId: string) =>
      (await client.findParcel({ parcelId })).match({ ok: ({ grams }) => `${grams} g`, parcel_not_found: (data) => `no ${data.parcelId}` })
    expect([await say('abc'), await say('lost')]).toEqual(['3 g', 'no lost'])
  })

  it('checks inputs and outputs at compile time', async () => {
    const client = clientOf(await serveParcels())
    // @ts-expect-error an operation the contract does not promise
    expect(client.burnParcel).toBeUndefined()
    // @ts-expect-error grams are a number
    await expect(client.sendParcel({ grams: 'x' })).rejects.toMatchObject({ outcome: 'not-sent' })
    const answer = await client.findParcel(input)
    // @ts-expect-error a declared error is left out
    expect(answer.match({ ok: () => 'found' })).toBe('found')
  })

  it('throws a refusal with its status, reason and issues', async () => {
    const client = clientOf(await serveParcels())
    await expect(client.sendParcel({ grams: -1 })).rejects.toMatchObject({
      outcome: 'not-sent',
      status: 'BAD_REQUEST',
      reason: 'invalid_input',
      issues: [{ path: ['grams'] }],
    })
  })

  it('does not know what happened when the callee broke', async () => {
    const client = clientOf(await serveParcels())
    await expect(client.explode({})).rejects.toMatchObject({ outcome: 'unknown', status: 'INTERNAL_SERVER_ERROR', reason: 'internal' })
  })

  it.each(['<html>bad gateway</html>', '7', '{"error":"no"}', '{"error":{"message":"","code":1,"data":{"code":"constructor"}}}'])(
    'takes %s for no answer',
    async (body) => {
      const client = clientOf(await serveHttp((_req, res) => res.writeHead(502).end(body)))
      await expect(client.findParcel(input)).rejects.toMatchObject({ outcome: 'unknown', reason: 'bad_response' })
    },
  )

  it('sends its context, its token and its idempotency key along', async () => {
    const audiences: string[] = []
    const authorize = (audience: string) => {
      audiences.push(audience)
      return Promise.resolve('a.b.c')
    }
    const client = clientOf(await echo(), { authorize })
    const answer = await runInContext(context, () => client.findParcel(input, { idempotencyKey: 'key-1' }))
    expect(answer.orThrow()).toMatchObject({
      'x-request-id': 'r-9',
      traceparent: `00-${context.trace.traceId}-${context.trace.spanId}-01`,
      tracestate: 'vendor=1',
      authorization: 'Bearer a.b.c',
      'idempotency-key': 'key-1',
      'content-type': 'application/json',
    })
    expect(audiences).toEqual(['parcels'])
  })

  it('begins a trace of its own outside of any call', async () => {
    const headers: unknown = (await clientOf(await echo()).findParcel(input)).orThrow()
    expect(headers).toMatchObject({
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
    })
  })

  it('sends nothing without the token it needs', async () => {
    const client = clientOf(await echo(), { authorize: () => Promise.reject(new Error('no key')) })
    await expect(client.findParcel(input)).rejects.toMatchObject({ outcome: 'not-sent', reason: 'no_credentials' })
  })

  it.each([
    { what: 'what the call asks for', operation: 'findParcel', options: { deadlineMs: 700 }, callerLeavesMs: undefined, most: 700 },
    { what: 'what the caller has left', operation: 'findParcel', options: { deadlineMs: 9_000 }, callerLeavesMs: 900, most: 900 },
    { what: "the operation's hint", operation: 'linger', options: {}, callerLeavesMs: undefined, most: 4_000 },
    { what: 'the shorter of hint and call', operation: 'linger', options: { deadlineMs: 9_000 }, callerLeavesMs: undefined, most: 4_000 },
    { what: 'five seconds where nobody says', operation: 'findParcel', options: {}, callerLeavesMs: undefined, most: 5_000 },
  ])('waits for $what', async ({ operation, options, callerLeavesMs, most }) => {
    const client = clientOf(await echo())
    const within = callerLeavesMs === undefined ? context : { ...context, deadlineAt: performance.now() + callerLeavesMs }
    const call = () => (operation === 'linger' ? client.linger({}, options) : client.findParcel(input, options))
    const headers = (await runInContext(within, call)).orThrow() as unknown as Record<string, string>
    expect(Number(headers['x-deadline-ms'])).toBeLessThanOrEqual(most)
    expect(Number(headers['x-deadline-ms'])).toBeGreaterThan(most / 2)
  })

  it('hands its deadline on: the callee stops when the caller does', async () => {
    const server = await serveParcels()
    const lingering = server.kept.nextLinger()
    await expect(clientOf(server).linger({}, { deadlineMs: 400 })).rejects.toMatchObject({
      outcome: 'unknown',
      reason: 'deadline_exceeded',
    })
    await lingering.stopped
  })

  it('is refused inside an open transaction', async () => {
    const client = clientOf(await serveParcels())
    const inside = { ...context, transactionOpen: true }
    await expect(runInContext(inside, () => client.findParcel(input))).rejects.toThrow(
      'parcels.v2/findParcel was called inside an open transaction',
    )
  })

  it('is let through inside a transaction where that is not development', async () => {
    const client = clientOf(await serveParcels(), { development: false })
    expect((await runInContext({ ...context, transactionOpen: true }, () => client.findParcel(input))).ok).toBe(true)
  })

  it('says that nothing was sent when nobody keeps the contract', async () => {
    const nobody = transport(fixedRegistry())
    await expect(createClient(parcels, { transport: nobody }).findParcel(input)).rejects.toMatchObject({
      outcome: 'not-sent',
      reason: 'no_healthy_instance',
    })
  })
})
