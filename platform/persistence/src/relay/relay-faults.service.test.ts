import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Bus } from '@ashlar/messaging'
import { startNats, startPostgres, testServers } from '@deploy/local/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database.ts'
import { openDatabase } from '../database/open-database.ts'
import { migrate } from '../migrations/migrate.ts'
import { platformMigrations } from '../migrations/migration-folder.ts'
import { Parcels, pendingIn, quietRelay } from '../testing/relay-ground.ts'
import { testBus, testGround, until } from '../testing/test-ground.ts'

describe('the relay, when something dies', () => {
  let folder: string
  let parcels: Parcels
  const open: AsyncDisposable[] = []
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'relay-faults-'))
    parcels = new Parcels()
  })
  afterEach(async () => {
    for (const one of open.splice(0).toReversed()) await one[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  const using = <One extends AsyncDisposable>(one: One): One => {
    open.push(one)
    return one
  }
  const busOn = async (url: string): Promise<Bus> => {
    const bus = await testBus(url)
    using({ [Symbol.asyncDispose]: () => bus.close() })
    return bus
  }
  const arrived = (parcelId: string, count: number) =>
    until(
      () => parcels.places(parcelId),
      (places) => places.length >= count,
    )

  const sent = (database: Database) =>
    until(
      () => pendingIn(database),
      (pending) => pending === 0,
    )

  /** Takes the disk as it is now, as at the last sync; gives a function that puts it back, so that what was acknowledged since is lost. */
  const diskOf = async (nats: Awaited<ReturnType<typeof startNats>>): Promise<() => Promise<void>> => {
    const [store, backup] = [join(folder, 'nats', 'jetstream'), join(folder, 'backup')]
    await nats.stop()
    await cp(store, backup, { recursive: true })
    await nats.start()
    return async () => {
      await nats.kill()
      await rm(store, { recursive: true })
      await cp(backup, store, { recursive: true })
    }
  }

  it('sends a message once more, under the same id, after a kill between publishing and writing that down', async () => {
    const { natsUrl } = testServers()
    const ground = using(await testGround('relay_dies'))
    const bus = await busOn(natsUrl)
    await parcels.listen(bus)
    await parcels.move(ground.database, 'one', 'dock', 'ship')

    const program = fileURLToPath(new URL('../testing/relay-that-dies.ts', import.meta.url))
    const dying = spawn(process.execPath, [program, ground.url, natsUrl], { stdio: ['ignore', 'ignore', 'inherit'] })
    expect(await once(dying, 'exit')).toEqual([null, 'SIGKILL'])
    expect(await pendingIn(ground.database)).toBe(2)

    const relay = using(await quietRelay({ ...ground, bus }))
    await sent(ground.database)
    await arrived('one', 2)
    expect(await relay.health()).toMatchObject({ published: 2, duplicates: 1 })
    expect(parcels.places('one')).toEqual(['dock', 'ship'])
  })

  it('waits while the broker is away and then sends everything, in order', async () => {
    const nats = using(await startNats({ folder }))
    const ground = using(await testGround('broker_away'))
    const bus = await busOn(nats.url)
    await parcels.listen(bus)
    const relay = using(await quietRelay({ ...ground, bus }))
    await parcels.move(ground.database, 'one', 'dock')
    await arrived('one', 1)

    await nats.kill()
    await parcels.move(ground.database, 'one', 'ship', 'port')
    await parcels.move(ground.database, 'two', 'dock')
    await until(
      () => relay.health(),
      ({ pending }) => pending === 3,
    )
    await nats.start()

    await arrived('one', 3)
    await arrived('two', 1)
    expect(parcels.places('one')).toEqual(['dock', 'ship', 'port'])
    const failed = await ground.database.query('select message_id from platform.outbox where attempts > 0')
    expect(failed).toEqual([])
  })

  it('sends everything again to a broker that came back without its disk', async () => {
    const nats = using(await startNats({ folder }))
    const ground = using(await testGround('disk_lost'))
    const bus = await busOn(nats.url)
    await parcels.listen(bus)
    const transportIds: string[] = []
    const publish: Bus['publish'] = (message) => {
      transportIds.push(message.transportId)
      return bus.publish(message)
    }
    using(await quietRelay({ ...ground, bus: { ...bus, publish } }))
    await parcels.move(ground.database, 'one', 'dock', 'ship', 'port')
    await arrived('one', 3)
    await sent(ground.database)
    const [first] = parcels.history('one')

    await nats.kill()
    await rm(join(folder, 'nats', 'jetstream'), { recursive: true })
    parcels.deliveries.length = 0
    await nats.start()

    await arrived('one', 3)
    expect(parcels.places('one')).toEqual(['dock', 'ship', 'port'])
    // The same message to its consumers, another one to the broker, which might still know the first.
    expect(parcels.history('one')[0]?.id).toBe(first?.id)
    expect(transportIds.filter((id) => id.startsWith(first?.id ?? 'none'))).toEqual([first?.id, `${first?.id}.1`])
    await parcels.move(ground.database, 'one', 'sea')
    await arrived('one', 4)
    expect(parcels.history('one').map(({ version }) => version)).toEqual([1, 2, 3, 4])
  })

  it('sends again what a broker had acknowledged and lost, even when it learns of it late', async () => {
    const nats = using(await startNats({ folder }))
    const ground = using(await testGround('writes_lost'))
    let putBack: () => Promise<void>
    {
      const bus = await busOn(nats.url)
      await bus.ensureStream(parcels.stream)
      await using _relay = await quietRelay({ ...ground, bus })
      await parcels.move(ground.database, 'one', ...Array.from({ length: 100 }, (_, place) => `kept ${place}`))
      await sent(ground.database)
      putBack = await diskOf(nats)
      await parcels.move(ground.database, 'one', 'lost 1', 'lost 2', 'lost 3')
      await sent(ground.database)
    }
    await putBack()
    await nats.start()

    const bus = await busOn(nats.url)
    expect((await bus.streamState(parcels.stream.name))?.lastSequence).toBe(100)
    await parcels.listen(bus)
    await parcels.move(ground.database, 'one', 'new')
    using(await quietRelay({ ...ground, bus }))
    await until(
      () => parcels.places('one').at(-1),
      (last) => last === 'new',
    )
    const versions = parcels.history('one').map(({ version }) => version)
    expect(versions.filter((version, index) => versions.indexOf(version) === index)).toEqual(
      Array.from({ length: 104 }, (_, index) => index + 1),
    )
    expect(parcels.places('one').slice(-4)).toEqual(['lost 1', 'lost 2', 'lost 3', 'new'])
  })

  it('notices by the sequences it is given that a stream went back, though nobody told it', async () => {
    const nats = using(await startNats({ folder }))
    const ground = using(await testGround('went_back'))
    const bus = await busOn(nats.url)
    await parcels.listen(bus)
    // A bus that says nothing of reconnecting: messages overtake the news.
    using(await quietRelay({ ...ground, bus: { ...bus, onConnected: () => undefined } }))
    await parcels.move(ground.database, 'one', 'kept')
    await arrived('one', 1)
    await sent(ground.database)
    const putBack = await diskOf(nats)
    await parcels.move(ground.database, 'two', 'lost 1', 'lost 2', 'lost 3')
    await sent(ground.database)
    await putBack()
    parcels.deliveries.length = 0
    await nats.start()

    await parcels.move(ground.database, 'three', 'new')
    await arrived('two', 3)
    expect(parcels.places('two')).toEqual(['lost 1', 'lost 2', 'lost 3'])
    expect(parcels.places('three')).toContain('new')
  })

  it('goes on by itself when the database was killed and came back', async () => {
    const postgres = using(await startPostgres({ folder }))
    await migrate({ url: postgres.url, folders: [platformMigrations()] })
    const database = using(openDatabase({ url: postgres.url, name: 'killed' }))
    const bus = await busOn(testServers().natsUrl)
    await parcels.listen(bus)
    const relay = using(await quietRelay({ database, url: postgres.url, bus }))
    await parcels.move(database, 'one', 'dock')
    await arrived('one', 1)

    await postgres.kill()
    await expect(parcels.move(database, 'one', 'never')).rejects.toMatchObject({ name: 'DatabaseUnavailableError' })
    expect(await relay.health()).toMatchObject({ healthy: false })
    await postgres.start()

    await until(
      () => database.health(),
      ({ healthy }) => healthy,
    )
    await parcels.move(database, 'one', 'ship')
    await until(
      () => parcels.places('one').at(-1),
      (last) => last === 'ship',
    )
    expect(
      await until(
        () => relay.health(),
        ({ leads, pending }) => leads && pending === 0,
      ),
    ).toMatchObject({ healthy: true })
  })
})
