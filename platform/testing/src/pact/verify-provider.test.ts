import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineContract, earlierData, event, query, z } from '@ashlar/contract'
import { earlierEnvelope, eventEnvelope } from '@ashlar/messaging'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PactRecorder } from './record-pact.ts'
import { openStandIn } from './stand-in.ts'
import { verifyProvider, type ProviderUnderTest } from './verify-provider.ts'

const library = defineContract({
  name: 'library',
  version: 1,
  operations: {
    findBook: query({
      input: z.strictObject({ isbn: z.string() }),
      output: z.object({ title: z.string(), shelf: z.object({ floor: z.int(), row: z.string() }) }),
      policy: { access: { services: ['readers'] } },
    }),
  },
  events: {
    bookLent: event({
      version: 1,
      aggregate: 'isbn',
      key: 'isbn',
      data: z.object({ isbn: z.string(), to: z.string(), dueAt: z.string() }),
    }),
  },
})
const book = { title: 'Emma', shelf: { floor: 2, row: 'A' } }
const { bookLent } = library.events

let folder: string
let pactFile: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-'))
  pactFile = join(folder, 'readers.json')
  await using pact = new PactRecorder({ consumer: 'readers', provider: library })
  await pact.call(library.findBook, 'a book', {
    given: [{ name: 'a book is there', provides: { isbn: 'example' } }],
    answer: book,
    tell: async ({ client }) => (await client.findBook({ isbn: 'example' })).orThrow().shelf.floor,
  })
  await pact.event(bookLent, 'a loan', {
    given: [{ name: 'a book was lent' }],
    data: { isbn: '1', to: 'Ada', dueAt: 'June' },
    tell: async ({ data }) => data.dueAt,
  })
  await writeFile(pactFile, await pact.text())
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Holds a library to the pact that answers, and announces, as it is told. */
async function held(answer: unknown, announced: object, changes: Partial<ProviderUnderTest> = {}) {
  await using provider = await openStandIn({ status: 200, body: { result: { data: answer } } })
  const verification = await verifyProvider({
    name: 'library',
    url: `http://${provider.host}:${provider.port}`,
    pactFiles: [pactFile],
    states: {
      'the caller is a service': async () => undefined,
      'a book is there': async () => ({ isbn: 'of-the-provider' }),
      'a book was lent': async () => undefined,
    },
    token: () => Promise.resolve('token'),
    published: async (type) => {
      expect(type).toBe(bookLent.type)
      return eventEnvelope({ service: 'library', event: bookLent, data: { isbn: '7', ...announced }, aggregateVersion: 1 })
    },
    obeyed: () => Promise.reject(new Error('nobody commands a library')),
    ...changes,
  })
  return { ...verification, broken: verification.replayed.flatMap((one) => one.broken), seen: provider.seen }
}

it('finds that what was read is there, whatever else has changed; and asks with what the provider chose', async () => {
  const { broken, problems, replayed, seen } = await held({ shelf: { floor: 7 } }, { dueAt: 'May' })
  expect({ broken, problems }).toEqual({ broken: [], problems: [] })
  expect(replayed.map(({ description }) => description).toSorted()).toEqual(['bookLent: a loan', 'findBook: a book'])
  expect(seen.map(({ body }) => body)).toContainEqual({ isbn: 'of-the-provider' })
})

it('names what is missing, in an answer and in an event', async () => {
  const { broken } = await held({ title: 'Emma', shelf: { level: 2 } }, { due: 'May' })
  expect(broken.toSorted()).toEqual([
    'readers reads $.dueAt of library.bookLent (a loan): it is not there',
    'readers reads $.shelf.floor of library.findBook (a book): it is not there',
  ])
})

it('holds a provider that has cut an event anew to the pact of who reads it as it was', async () => {
  const lentAnew = event({
    version: 2,
    aggregate: 'isbn',
    key: 'isbn',
    data: z.object({ isbn: z.string(), loan: z.object({ to: z.string(), due: z.string() }) }),
    previous: {
      event: bookLent.declared as typeof bookLent,
      upcast: ({ isbn, to, dueAt }) => ({ isbn, loan: { to, due: dueAt } }),
      downcast: ({ isbn, loan }) => ({ isbn, to: loan.to, dueAt: loan.due }),
    },
  })
  const { bookLent: newest } = defineContract({ name: 'library', version: 1, operations: {}, events: { bookLent: lentAnew } }).events
  const data = { isbn: '7', loan: { to: 'Ada', due: 'May' } }
  const original = eventEnvelope({ service: 'library', event: newest, data, aggregateVersion: 1 })
  const told = [original, ...earlierData(newest, data).map((copy) => earlierEnvelope(original, copy))]
  const published = async (type: string) => told.find((message) => message.type === type) ?? original
  const { broken, replayed } = await held(book, {}, { published })
  expect(broken).toEqual([])
  expect(replayed.map(({ description }) => description)).toContain('bookLent: a loan')
  const untold = await held(book, {}, { published: async () => original })
  expect(untold.broken).toContain('readers reads $.dueAt of library.bookLent (a loan): it is not there')
})

it('does not pass over a state that is not known, or could not be made', async () => {
  const unknown = await held(book, { dueAt: 'May' }, { states: {} })
  expect(unknown.problems).toContain('"a book is there": library does not know this state')
  const failing = async () => Promise.reject(new Error('the shelf is locked'))
  const failed = await held(book, { dueAt: 'May' }, { states: { 'a book is there': failing } })
  expect(failed.problems).toContain('"a book is there": the shelf is locked')
})

it('says so when the provider is away', async () => {
  await expect(held(book, { dueAt: 'May' }, { url: 'http://127.0.0.1:9' })).rejects.toThrow('library does not answer at http://127.0.0.1:9')
})
