import { Answer, defineContract, event, z } from '@ashlar/contract'
import { newId, readEnvelope, verifyEnvelope, type Envelope } from '@ashlar/messaging'
import { newTrace, runInContext } from '@observability/telemetry'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Transaction } from '../database.ts'
import { testContract, testGround } from '../testing/test-ground.ts'
import { testIdentities } from '../testing/test-identities.ts'
import { emitEvents } from './emit-events.ts'
import { sendCommand } from './send-command.ts'
import { sendReply } from './send-reply.ts'

describe('the outbox', () => {
  const contract = testContract()
  const { parcelMoved, placeVisited } = contract.events
  const { parcelMoved: movedAnew } = defineContract({
    name: contract.name,
    version: 1,
    operations: {},
    events: {
      parcelMoved: event({
        version: 2,
        aggregate: 'parcelId',
        key: 'parcelId',
        data: z.object({ parcelId: z.string(), at: z.object({ place: z.string() }) }),
        previous: {
          event: event({
            version: 1,
            aggregate: 'parcelId',
            key: 'parcelId',
            data: z.object({ parcelId: z.string(), place: z.string().min(1) }),
          }),
          upcast: ({ parcelId, place }) => ({ parcelId, at: { place } }),
          downcast: ({ parcelId, at }) => ({ parcelId, place: at.place }),
        },
      }),
    },
  }).events
  let ground: Awaited<ReturnType<typeof testGround>>
  beforeAll(async () => {
    ground = await testGround('outbox')
    await ground.database.query('create table parcels (id text primary key)')
  })
  afterAll(() => ground[Symbol.asyncDispose]())

  const moved = (parcelId: string, place = 'dock') => ({ event: parcelMoved, data: { parcelId, place } })
  const emit = (tx: Transaction, ...events: ReturnType<typeof moved>[]) => emitEvents(tx, { service: contract.name, events })
  const written = async (key: string): Promise<Envelope<{ parcelId: string; place: string }>[]> => {
    const rows = await ground.database.query<{ payload: string }>(
      'select payload from platform.outbox where ordering_key = $1 order by id',
      [key],
    )
    return rows.map(({ payload }) => readEnvelope(payload) as Envelope<{ parcelId: string; place: string }>)
  }
  const history = (parcelId: string) => written(`/${contract.name}/parcelId/${parcelId}`)

  it('keeps a fact together with the state it is about', async () => {
    const [id] = await ground.database.transaction(async (tx) => {
      await tx.query("insert into parcels values ('both')")
      return await emit(tx, moved('both'))
    })
    const [envelope] = await history('both')
    expect(envelope).toMatchObject({
      id,
      type: parcelMoved.type,
      source: `/${contract.name}`,
      subject: 'both',
      aggregateversion: 1,
      partitionkey: 'both',
    })
    expect(envelope?.data).toEqual({ parcelId: 'both', place: 'dock' })
    expect(await ground.database.query("select id from parcels where id = 'both'")).toHaveLength(1)
  })

  it('keeps neither when the transaction throws', async () => {
    const attempt = ground.database.transaction(async (tx) => {
      await tx.query("insert into parcels values ('neither')")
      await emit(tx, moved('neither'))
      throw new Error('changed my mind')
    })
    await expect(attempt).rejects.toThrow('changed my mind')
    expect(await history('neither')).toEqual([])
    expect(await ground.database.query("select id from parcels where id = 'neither'")).toEqual([])
  })

  it('numbers each aggregate from 1 and leaves no gap where a transaction rolled back', async () => {
    const rollBack = () =>
      ground.database.transaction(async (tx) => {
        await emit(tx, moved('numbered'))
        throw new Error('rolled back')
      })
    await rollBack().catch(() => undefined)
    await ground.database.transaction((tx) => emit(tx, moved('numbered', 'a'), moved('other', 'a'), moved('numbered', 'b')))
    await rollBack().catch(() => undefined)
    await ground.database.transaction((tx) => emit(tx, moved('numbered', 'c')))
    expect((await history('numbered')).map(({ aggregateversion, data }) => [aggregateversion, data.place])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ])
    expect((await history('other')).map(({ aggregateversion }) => aggregateversion)).toEqual([1])
  })

  it('counts two kinds of aggregate apart although they share an id', async () => {
    await ground.database.transaction(async (tx) => {
      await emit(tx, moved('twin'), moved('twin'))
      await emitEvents(tx, { service: contract.name, events: [{ event: placeVisited, data: { place: 'twin', parcelId: 'any' } }] })
    })
    expect((await history('twin')).map(({ aggregateversion }) => aggregateversion)).toEqual([1, 2])
    const visits = await written(`/${contract.name}/place/twin`)
    expect(visits.map(({ aggregateversion }) => aggregateversion)).toEqual([1])
  })

  it('tells an event that was cut anew in earlier versions too, at its place in the history and under its id', async () => {
    const ids = await ground.database.transaction((tx) =>
      emitEvents(tx, {
        service: contract.name,
        events: ['a', 'b'].map((place) => ({ event: movedAnew, data: { parcelId: 'anew', at: { place } } })),
      }),
    )
    const told = await history('anew')
    expect(told.map(({ type, id, aggregateversion, copyof }) => [type, ids.indexOf(id), aggregateversion, copyof])).toEqual([
      [movedAnew.type, 0, 1, undefined],
      [parcelMoved.type, 0, 1, movedAnew.type],
      [movedAnew.type, 1, 2, undefined],
      [parcelMoved.type, 1, 2, movedAnew.type],
    ])
    expect(told.map(({ data }) => data)).toEqual([
      { parcelId: 'anew', at: { place: 'a' } },
      { parcelId: 'anew', place: 'a' },
      { parcelId: 'anew', at: { place: 'b' } },
      { parcelId: 'anew', place: 'b' },
    ])
    await ground.database.transaction((tx) => emit(tx, moved('anew')))
    expect((await history('anew')).at(-1)?.aggregateversion).toBe(3)
  })

  it('announces nothing where no earlier version can be made of it', async () => {
    const attempt = ground.database.transaction((tx) =>
      emitEvents(tx, { service: contract.name, events: [{ event: movedAnew, data: { parcelId: 'nowhere', at: { place: '' } } }] }),
    )
    await expect(attempt).rejects.toThrow(`${movedAnew.type} may not be announced: this is no data of ${parcelMoved.type}`)
    expect(await history('nowhere')).toEqual([])
  })

  it('numbers without gaps while 50 writers write 20 events each on 5 aggregates', async () => {
    const parcels = ['p0', 'p1', 'p2', 'p3', 'p4']
    const write = async (writer: number) => {
      for (let turn = 0; turn < 10; turn += 1) {
        const [one, two] = [parcels[(writer + turn) % 5] ?? '', parcels[(writer * 3 + turn * 2) % 5] ?? '']
        await ground.database.transaction((tx) => emit(tx, moved(one), moved(two)))
      }
    }
    await Promise.all(Array.from({ length: 50 }, (_, writer) => write(writer)))
    const histories = await Promise.all(parcels.map(history))
    expect(histories.flat()).toHaveLength(1_000)
    for (const events of histories)
      expect(events.map(({ aggregateversion }) => aggregateversion)).toEqual(events.map((_, place) => place + 1))
  })

  it('refuses data the contract does not allow, without quoting it', async () => {
    const attempt = ground.database.transaction((tx) =>
      emitEvents(tx, { service: contract.name, events: [{ event: parcelMoved, data: { parcelId: 'bad', place: { secret: 'hidden' } } }] }),
    )
    await expect(attempt).rejects.toThrow(/EventInvalid|may not be announced with this data: place: /)
    await expect(attempt).rejects.not.toThrow(/hidden/)
    expect(await history('bad')).toEqual([])
  })

  it('carries the request and the trace of the call that wrote it', async () => {
    const trace = newTrace()
    await runInContext({ requestId: 'r-42', trace }, () => ground.database.transaction((tx) => emit(tx, moved('traced'))))
    const [envelope] = await history('traced')
    expect(envelope).toMatchObject({ requestid: 'r-42', traceparent: `00-${trace.traceId}-${trace.spanId}-01` })
    const [row] = await ground.database.query<{ headers: Record<string, string> }>(
      "select headers from platform.outbox where payload::json ->> 'subject' = 'traced'",
    )
    expect(row?.headers).toMatchObject({ traceparent: envelope?.traceparent, 'x-request-id': 'r-42', 'ce-id': envelope?.id })
  })

  it('signs a command so that its receiver knows who sent it, and that nobody changed it', async () => {
    await using known = await testIdentities('orders', contract.name)
    const command = {
      identity: known.of('orders'),
      operation: contract.moveParcel,
      stepKey: 'saga-1:move:do',
      subject: 'saga-1',
      replyTo: 'replies.orders',
    }
    await ground.database.transaction((tx) => sendCommand(tx, { ...command, input: { parcelId: 'sent' } }))

    const [sent] = await written('command/saga-1')
    if (sent === undefined) throw new Error('nothing was sent')
    expect(sent).toMatchObject({
      type: `${contract.name}.move-parcel.command.v1`,
      stepkey: 'saga-1:move:do',
      replyto: 'replies.orders',
      source: '/orders',
    })
    expect(sent.data).toEqual({ parcelId: 'sent', place: 'shelf' })
    const judge = (given: Envelope) => verifyEnvelope(given, { kind: 'command', identity: known.of(contract.name) })
    expect(await judge(sent)).toEqual({ kind: 'service', name: 'orders' })
    const changes = [{ data: {} }, { type: `${contract.name}.eat-parcel.command.v1` }, { stepkey: 'other' }, { replyto: 'replies.thief' }]
    for (const change of changes) await expect(judge({ ...sent, ...change })).rejects.toThrow('was changed after it was signed')
  })

  it('sends no command that promises no key, and none with a wrong input', async () => {
    const identity = { name: 'orders', signMessage: () => Promise.resolve('unused') }
    const command = { identity, stepKey: 'k', subject: 'refused' }
    const send = (options: Parameters<typeof sendCommand>[1]) => ground.database.transaction((tx) => sendCommand(tx, options))
    await expect(send({ ...command, operation: contract.weighParcel, input: {} })).rejects.toThrow(/cannot be sent/)
    await expect(send({ ...command, operation: contract.moveParcel, input: { parcelId: 7 } })).rejects.toMatchObject({
      reason: 'invalid_input',
    })
    expect(await written('command/refused')).toEqual([])
  })

  it('answers a command under its subject and step key, signed for whoever asked, and stays silent when no answer is wanted', async () => {
    await using known = await testIdentities(contract.name, 'orders', 'billing')
    const identity = known.of(contract.name)
    const command: Envelope = {
      specversion: '1.0',
      id: newId(),
      source: '/orders',
      type: `${contract.name}.move-parcel.command.v1`,
      subject: 'saga-2',
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      data: {},
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      requestid: 'r',
      stepkey: 'saga-2:move:do',
      replyto: 'replies.orders',
    }
    const answer = Answer.failed('no_such_place', { place: 'moon' })
    const { replyto: _, ...silent } = command
    const ids = await ground.database.transaction(async (tx) => [
      await sendReply(tx, { identity, command, answer }),
      await sendReply(tx, { identity, command: silent, answer }),
    ])
    const replies = await written('reply/replies.orders/saga-2')
    expect(ids).toEqual([replies[0]?.id, undefined])
    expect(replies).toHaveLength(1)
    expect(replies[0]).toMatchObject({
      type: 'replies.orders',
      stepkey: 'saga-2:move:do',
      causationid: command.id,
      data: { ok: false, code: 'no_such_place' },
    })
    const [reply] = replies
    if (reply === undefined) throw new Error('nothing was answered')
    const judge = (given: Envelope, reader = known.of('orders')) => verifyEnvelope(given, { kind: 'reply', identity: reader })
    expect(await judge(reply)).toEqual({ kind: 'service', name: contract.name })
    const changes = [{ data: { ok: true, value: {} } }, { subject: 'saga-3' }, { stepkey: 'saga-2:move:undo' }, { causationid: newId() }]
    for (const change of changes) await expect(judge({ ...reply, ...change })).rejects.toThrow('was changed after it was signed')
    await expect(judge(reply, known.of('billing'))).rejects.toThrow(/is not believed/)
  })
})
