import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startNats } from './start-nats.ts'
import { ServerStartError } from '../server/errors.ts'
import { findFreePorts } from '../server/port-in-use.ts'
import { ownFolder } from '../testing/own-folder.ts'
import { askNats } from '../testing/ask-nats.ts'

const stream = { name: 'EVENTS_orders', subjects: ['orders.*.*'], storage: 'file', retention: 'limits', num_replicas: 1 }
const consumer = { stream_name: stream.name, config: { durable_name: 'shop__reader', ack_policy: 'explicit' } }
const makeStream = ['$JS.API.STREAM.CREATE.EVENTS_orders', stream] as const
const makeConsumer = ['$JS.API.CONSUMER.DURABLE.CREATE.EVENTS_orders.shop__reader', consumer] as const

const garbage = (file: string): Promise<void> => writeFile(file, Buffer.from('\u0016\u0009 no such thing'))
const damages = [
  { what: 'a stream’s meta.inf is cut short', file: 'meta.inf', damage: (file: string) => truncate(file, 20) },
  { what: 'a stream’s meta.inf is garbage', file: 'meta.inf', damage: garbage },
  { what: 'a stream’s meta.sum is gone', file: 'meta.sum', damage: (file: string) => rm(file) },
  { what: 'a consumer’s meta.inf is empty', file: 'obs/shop__reader/meta.inf', damage: (file: string) => truncate(file, 0) },
  { what: 'a consumer’s meta.inf is gone', file: 'obs/shop__reader/meta.inf', damage: (file: string) => rm(file) },
  { what: 'a consumer’s state is garbage', file: 'obs/shop__reader/o.dat', damage: garbage },
]

it.each(damages)('comes up with every message when $what, and says where', async ({ file, damage }) => {
  const folder = await ownFolder()
  const notes: string[] = []
  const [port = 0] = await findFreePorts(1)
  await using server = await startNats({ folder, port, onProgress: (line) => void notes.push(line) })
  await askNats(port, [makeStream, makeConsumer, ['orders.order-placed.v1', 'one'], ['orders.order-placed.v1', 'two']])
  await server.stop()
  const home = join(folder, 'nats', 'jetstream', 'jetstream', '$G', 'streams', stream.name)
  await damage(join(home, file))
  notes.length = 0

  await server.start()
  const damaged = join(home, file, '..')
  expect(notes).toEqual([expect.stringContaining(damaged)])
  const [made, read] = await askNats(port, [makeStream, makeConsumer])
  expect(made).toMatchObject({ state: { messages: 2, last_seq: 2 } })
  expect(read).toMatchObject({ name: 'shop__reader', num_pending: 2 })

  notes.length = 0
  await server.stop()
  await server.start()
  expect(notes).toEqual([])
})

it('mends nothing where all is well', async () => {
  const folder = await ownFolder()
  const notes: string[] = []
  const [port = 0] = await findFreePorts(1)
  await using server = await startNats({ folder, port, onProgress: (line) => void notes.push(line) })
  await askNats(port, [makeStream, makeConsumer, ['orders.order-placed.v1', 'one']])
  notes.length = 0
  await server.kill()
  await server.start()
  expect(notes).toEqual([])
  expect(await readdir(join(folder, 'nats', 'jetstream', 'jetstream', '$G', 'streams', stream.name, 'obs'))).toEqual(['shop__reader'])
})

it('names the folder and the remedy when it cannot start at all', async () => {
  const folder = await ownFolder()
  const [port = 0] = await findFreePorts(1)
  await using server = await startNats({ folder, port })
  await server.stop()
  const store = join(folder, 'nats', 'jetstream')
  await rm(store, { recursive: true })
  await writeFile(store, 'not a folder')
  const failure = await server.start().catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ServerStartError)
  expect((failure as Error).message).toContain(`Should its data in ${store} be damaged, remove ${join(folder, 'nats')} and start again`)
  expect(await readFile(store, 'utf8')).toBe('not a folder')
  await rm(join(folder, 'nats'), { recursive: true })
  await server.start()
})
