import type { Bus } from '@ashlar/messaging'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../database/open-database.ts'
import { Parcels, pendingIn, quietRelay } from '../testing/relay-ground.ts'
import { testBus, testGround, until } from '../testing/test-ground.ts'
import type { Relay } from './start-relay.ts'

describe('the relay', () => {
  let bus: Bus
  let ground: Awaited<ReturnType<typeof testGround>>
  let parcels: Parcels
  const started: Relay[] = []
  beforeAll(async () => {
    bus = await testBus()
  })
  beforeEach(async () => {
    ground = await testGround('relay')
    parcels = new Parcels()
    await parcels.listen(bus)
  })
  afterEach(async () => {
    await Promise.all(started.splice(0).map((relay) => relay.close()))
    await ground[Symbol.asyncDispose]()
  })
  afterAll(() => bus.close())

  const relay = async (over: Bus = bus) => {
    const one = await quietRelay({ database: ground.database, url: ground.url, bus: over })
    started.push(one)
    return one
  }
  const allSent = () =>
    until(
      () => pendingIn(ground.database),
      (pending) => pending === 0,
    )
  const rowOf = async (id: string) =>
    (
      await ground.database.query<{ attempts: number; last_error: string | null; published_at: Date | null }>(
        'select attempts, last_error, published_at from platform.outbox where message_id = $1',
        [id],
      )
    )[0]

  it('sends what was written before it started, and what is written after', async () => {
    await parcels.move(ground.database, 'one', 'dock')
    await relay()
    await parcels.move(ground.database, 'one', 'ship')
    await until(
      () => parcels.places('one'),
      (places) => places.length === 2,
    )
    expect(parcels.places('one')).toEqual(['dock', 'ship'])
  })

  it('remembers where the broker put each message', async () => {
    await relay()
    await parcels.move(ground.database, 'one', 'dock', 'ship')
    await allSent()
    const rows = await ground.database.query('select stream, stream_sequence, attempts from platform.outbox order by id')
    expect(rows).toEqual([1, 2].map((sequence) => ({ stream: parcels.stream.name, stream_sequence: sequence, attempts: 0 })))
    const created = (await bus.streamState(parcels.stream.name))?.created
    const remembered = () => ground.database.query('select stream, created, last_sequence from platform.outbox_streams')
    expect(await until(remembered, ([row]) => row?.['created'] !== null)).toEqual([
      { stream: parcels.stream.name, created, last_sequence: 2 },
    ])
  })

  it('keeps the order of each aggregate while 50 writers write 20 events each on 5 of them', async () => {
    await relay()
    const ids = ['p0', 'p1', 'p2', 'p3', 'p4']
    await Promise.all(
      Array.from({ length: 50 }, async (_, writer) => {
        for (let turn = 0; turn < 20; turn += 1) await parcels.move(ground.database, ids[(writer + turn) % 5] ?? '', `${writer}/${turn}`)
      }),
    )
    await until(
      () => parcels.deliveries.length,
      (count) => count === 1_000,
    )
    for (const id of ids)
      expect(parcels.history(id).map(({ version }) => version)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
  })

  it('lets a key that fails wait alone: others go on, and nothing of that key overtakes', async () => {
    await relay()
    const stuck = await parcels.send(ground.database, { subject: `late-${parcels.contract.name}.v1`, orderingKey: 'stuck' })
    const behind = await parcels.send(ground.database, { subject: `${parcels.contract.name}.behind.v1`, orderingKey: 'stuck' })
    await until(
      () => rowOf(stuck),
      (row) => (row?.attempts ?? 0) >= 2,
    )
    await parcels.move(ground.database, 'free', 'dock', 'ship')
    await until(
      () => parcels.places('free'),
      (places) => places.length === 2,
    )

    expect((await rowOf(stuck))?.last_error).toMatch(/^SubjectNotBoundError: /)
    expect(await rowOf(behind)).toMatchObject({ attempts: 0, published_at: null })

    // Not before its time, however often others are read; and what is behind it waits with it.
    await ground.database.query("update platform.outbox set next_attempt_at = now() + interval '1 hour' where message_id = $1", [stuck])
    await bus.ensureStream({ ...parcels.stream, name: `LATE_${parcels.contract.name}`, subjects: [`late-${parcels.contract.name}.*`] })
    await parcels.move(ground.database, 'free', 'port')
    await until(
      () => parcels.places('free'),
      (places) => places.length === 3,
    )
    expect(await pendingIn(ground.database)).toBe(2)
    await ground.database.query('update platform.outbox set next_attempt_at = now() where message_id = $1', [stuck])
    await allSent()
    const sent = await ground.database.query<{ message_id: string }>(
      'select message_id from platform.outbox where ordering_key = $1 order by published_at',
      ['stuck'],
    )
    expect(sent.map(({ message_id }) => message_id)).toEqual([stuck, behind])
  })

  it('holds a message until it is due, and nothing of its key behind it', async () => {
    await relay()
    const later = await parcels.send(ground.database, {
      subject: `${parcels.contract.name}.later.v1`,
      orderingKey: 'same',
      availableAt: new Date(Date.now() + 600_000),
    })
    const now = await parcels.send(ground.database, { subject: `${parcels.contract.name}.now.v1`, orderingKey: 'same' })
    await until(
      () => rowOf(now),
      (row) => row?.published_at !== null,
    )
    expect(await rowOf(later)).toMatchObject({ published_at: null })
    await ground.database.query('update platform.outbox set available_at = now() where message_id = $1', [later])
    await allSent()
  })

  it('leads alone; another takes over when the connection of the leader is cut', async () => {
    const relays = [await relay(), await relay()]
    const leaders = async () => (await Promise.all(relays.map((one) => one.health()))).map(({ leads }) => leads)
    expect((await until(leaders, (leads) => leads.includes(true))).filter(Boolean)).toHaveLength(1)
    for (let round = 0; round < 3; round += 1) {
      const cut = await ground.database.query(
        `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 2 and granted
         and database = (select oid from pg_database where datname = current_database())`,
      )
      expect(cut).toHaveLength(1)
      await parcels.move(ground.database, 'one', `place ${round}`)
      await until(
        () => parcels.places('one'),
        (places) => places.length === round + 1,
      )
    }
    expect(parcels.history('one').map(({ version }) => version)).toEqual([1, 2, 3])
    expect((await until(leaders, (leads) => leads.includes(true))).filter(Boolean)).toHaveLength(1)
  })

  it('hears from the instance that stands by what was written there', async () => {
    await relay()
    await until(
      () => started[0]?.health(),
      (health) => health?.leads === true,
    )
    await using elsewhere = openDatabase({ url: ground.url, name: 'elsewhere' })
    await using standsBy = await quietRelay({ database: elsewhere, url: ground.url, bus })
    await parcels.move(elsewhere, 'one', 'dock')
    await until(
      () => parcels.places('one'),
      (places) => places.length === 1,
    )
    expect(await standsBy.health()).toMatchObject({ leads: false, published: 0 })
  })

  it('waits for what is on its way and writes it down before it closes', async () => {
    const leaving = Promise.withResolvers<void>()
    const arrive = Promise.withResolvers<void>()
    const slow: Bus = {
      ...bus,
      async publish(message) {
        leaving.resolve()
        await arrive.promise
        return await bus.publish(message)
      },
    }
    const closing = await relay(slow)
    await parcels.move(ground.database, 'one', 'dock', 'ship')
    await leaving.promise
    const closed = closing.close()
    arrive.resolve()
    await closed
    expect(await pendingIn(ground.database)).toBe(1)
    await relay()
    await allSent()
    expect(parcels.places('one')).toEqual(['dock', 'ship'])
  })

  it('reports what waits, for how long, and that it is stuck when that is too long', async () => {
    const one = await relay()
    await until(
      () => one.health(),
      ({ leads }) => leads,
    )
    expect(await one.health()).toMatchObject({ healthy: true, pending: 0, oldestPendingMs: 0 })
    const id = await parcels.send(ground.database, { subject: 'nobody.takes.this.at.all', orderingKey: 'stuck' })
    await ground.database.query(
      `update platform.outbox set created_at = now() - interval '1 minute', available_at = now() - interval '1 minute' where message_id = $1`,
      [id],
    )
    const health = await one.health()
    expect(health).toMatchObject({ healthy: false, pending: 1, leads: true, detail: expect.stringMatching(/^1 message waits for \d+ s$/) })
    expect(health.oldestPendingMs).toBeGreaterThanOrEqual(60_000)
  })

  it('forgets published messages, applied messages and expired keys after their time, and never an unpublished message', async () => {
    const send = () => parcels.send(ground.database, { subject: 'nobody.takes.this.at.all', orderingKey: 'stuck' })
    const [old, recent, unpublished] = [await send(), await send(), await send()]
    const age = (id: string, set: string) =>
      ground.database.query(`update platform.outbox set created_at = now() - interval '30 days', ${set} where message_id = $1`, [id])
    await age(old, `published_at = now() - interval '8 days'`)
    await age(recent, `published_at = now() - interval '6 days'`)
    await age(unpublished, `available_at = now() - interval '30 days'`)
    await ground.database.query(
      `insert into platform.inbox values ('c', '/s', 'old', now() - interval '15 days'), ('c', '/s', 'recent', now() - interval '13 days')`,
    )
    await ground.database.query(
      `insert into platform.idempotency (scope, key, fingerprint, expires_at) values ('s', 'old', '', now() - interval '1 hour'), ('s', 'new', '', now() + interval '1 hour')`,
    )
    await relay()
    const ids = async () =>
      (await ground.database.query<{ message_id: string }>('select message_id from platform.outbox order by id')).map(
        ({ message_id }) => message_id,
      )
    await until(ids, (left) => left.length === 2)
    expect(await ids()).toEqual([recent, unpublished])
    const inbox = () => ground.database.query('select message_id from platform.inbox')
    expect(await until(inbox, (left) => left.length === 1)).toEqual([{ message_id: 'recent' }])
    const keys = () => ground.database.query('select key from platform.idempotency')
    expect(await until(keys, (left) => left.length === 1)).toEqual([{ key: 'new' }])
  })
})
