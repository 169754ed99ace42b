import { defineContract, failed, mutation, query, z } from '@ashlar/contract'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PactRecorder } from './record-pact.ts'

const library = defineContract({
  name: 'library',
  version: 1,
  operations: {
    findBook: query({
      input: z.strictObject({ isbn: z.string(), copies: z.int().optional() }),
      output: z.object({ title: z.string(), shelf: z.object({ floor: z.int(), row: z.string() }) }),
      errors: { no_such_book: { status: 'NOT_FOUND', data: z.object({ isbn: z.string(), nearest: z.string() }) } },
      policy: { access: { services: ['readers'] } },
    }),
    lendBook: mutation({
      input: z.strictObject({ isbn: z.string() }),
      output: z.object({}),
      policy: { access: { services: ['readers'] }, idempotency: 'key' },
    }),
  },
})
const book = { title: 'Emma', shelf: { floor: 2, row: 'A' } }

interface Interaction {
  readonly request: { readonly body: { readonly content: unknown }; readonly headers: object; readonly generators?: unknown }
  readonly response: { readonly status: number; readonly body: { readonly content: unknown; readonly matchingRules?: unknown } }
  readonly providerStates: readonly unknown[]
}
let pact: PactRecorder<typeof library>
beforeEach(() => {
  pact = new PactRecorder({ consumer: 'readers', provider: library })
})
afterEach(() => pact[Symbol.asyncDispose]())
const recorded = async (): Promise<Interaction[]> => (JSON.parse(await pact.text()) as { interactions: Interaction[] }).interactions

it('writes what was asked and only what was read of the answer', async () => {
  await pact.call(library.findBook, 'a book that is there', {
    answer: book,
    async tell({ client }) {
      const answer = await client.findBook({ isbn: '1' })
      expect(answer.orThrow().shelf.floor).toBe(2)
    },
  })
  const [{ request, response, providerStates } = never()] = await recorded()
  expect(request.body.content).toEqual({ isbn: '1' })
  expect(response.body.content).toEqual({ result: { data: { shelf: { floor: 2 } } } })
  expect(providerStates).toEqual([{ name: 'the caller is a service', params: { name: 'readers' } }])
})

it('writes a declared error with what was read of its data', async () => {
  await pact.call(library.findBook, 'a book that is not there', {
    answer: failed('no_such_book', { isbn: '1', nearest: '2' }),
    async tell({ client }) {
      const answer = await client.findBook({ isbn: '1' })
      expect(answer.match({ ok: () => '', no_such_book: ({ nearest }) => nearest })).toBe('2')
    },
  })
  const [{ response } = never()] = await recorded()
  expect(response.status).toBe(404)
  expect(response.body.content).toMatchObject({ error: { data: { reason: 'no_such_book', details: { nearest: '2' } } } })
  expect(JSON.stringify(response.body.content)).not.toContain('isbn')
})

it('asks the provider for what the provider chooses', async () => {
  await pact.call(library.lendBook, 'a book on the shelf', {
    given: [{ name: 'a book is on the shelf', provides: { isbn: '978-1' } }],
    answer: {},
    tell: ({ client }) => client.lendBook({ isbn: '978-1' }, { idempotencyKey: 'loan-1' }),
  })
  const [{ request } = never()] = await recorded()
  expect(request.headers).toMatchObject({ 'idempotency-key': ['loan-1'] })
  expect(request.generators).toEqual({ body: { '$.isbn': { expression: '${isbn}', type: 'ProviderState' } } })
})

it('gives no more than was read when a story is told again: one that reads more the second time does not pass', async () => {
  let told = 0
  const story = {
    answer: book,
    async tell({ client }: { client: { findBook: (input: { isbn: string }) => Promise<{ orThrow: () => typeof book }> } }) {
      const found = (await client.findBook({ isbn: '1' })).orThrow()
      expect((told += 1) === 1 ? found.title : found.shelf.row).toBeDefined()
    },
  }
  await expect(pact.call(library.findBook, 'a fickle reader', story)).rejects.toThrow(/undefined/)
})

it('takes no story that asks for nothing, for something else, or for what the contract does not allow', async () => {
  const silence = { answer: book, tell: () => Promise.resolve() }
  await expect(pact.call(library.findBook, 'silence', silence)).rejects.toThrow('this one asked for: nothing')
  await expect(
    pact.call(library.findBook, 'a loan', { answer: book, tell: ({ client }) => client.lendBook({ isbn: '1' }) }),
  ).rejects.toThrow('this one asked for: /rpc/library.v1/lendBook')
  const odd = { answer: { ...book, title: 1 as unknown as string }, tell: () => Promise.resolve() }
  await expect(pact.call(library.findBook, 'an odd book', odd)).rejects.toThrow(/its contract does not allow: title/)
})

it('writes the same text each time, in whatever order stories are told', async () => {
  const tellOf = (isbn: string) =>
    pact.call(library.findBook, `book ${isbn}`, {
      answer: book,
      tell: async ({ client }) => (await client.findBook({ isbn })).orThrow().title,
    })
  await tellOf('1')
  await tellOf('2')
  const text = await pact.text()
  await pact[Symbol.asyncDispose]()
  pact = new PactRecorder({ consumer: 'readers', provider: library })
  await tellOf('2')
  await tellOf('1')
  expect(await pact.text()).toBe(text)
})

function never(): never {
  throw new Error('there is no interaction')
}
