import { expect, it } from 'vitest'
import { byId, pageOf, type Keyset, type PlaceIn } from './page-of.ts'

const byNameAndId: Keyset<'id' | 'name'> = {
  keys: ['id', 'name'],
  form: /^(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?<name>\P{Cc}+)$/u,
}
const cup = (n: number, name = 'Cup') => ({ name, id: `01935b00-7e57-7000-8000-00000000000${n}` })
const refusal = { failedCode: 'invalid_cursor' }

function reading(shelf: readonly ReturnType<typeof cup>[]) {
  const asked: { after: PlaceIn<'id' | 'name'> | undefined; atMost: number }[] = []
  const read = (cursor: string | undefined, limit = 2) =>
    pageOf({ cursor, limit }, byNameAndId, (after, atMost) => {
      asked.push({ after, atMost })
      return Promise.resolve(shelf.slice(shelf.findIndex(({ id }) => id === after?.id) + 1).slice(0, atMost))
    })
  return { asked, read }
}

it('leads from page to page, and says nothing of a next one on the last', async () => {
  const shelf = [cup(1), cup(2), cup(3, 'Thé vert'), cup(4, '煎茶 No. 7')]
  const { asked, read } = reading(shelf)
  const first = await read(undefined, 3)
  expect(first).toEqual({ items: shelf.slice(0, 3), nextCursor: expect.stringMatching(/^[\w-]+$/) as string })
  const cursor = 'nextCursor' in first ? first.nextCursor : undefined
  expect(await read(cursor, 3)).toStrictEqual({ items: [cup(4, '煎茶 No. 7')] })
  expect(await read(cursor, 1)).toStrictEqual({ items: [cup(4, '煎茶 No. 7')] })
  expect(asked).toEqual([
    { after: undefined, atMost: 4 },
    { after: cup(3, 'Thé vert'), atMost: 4 },
    { after: cup(3, 'Thé vert'), atMost: 2 },
  ])
})

it('shows an empty list as one page without anything', async () => {
  expect(await reading([]).read(undefined)).toStrictEqual({ items: [] })
})

it('takes no cursor it never gave out, and looks for nothing then', async () => {
  const { id } = cup(1)
  const page = await reading([cup(1), cup(2), cup(3)]).read(undefined)
  const given = ('nextCursor' in page && page.nextCursor) || ''
  const bytes = ['{"id":1}', id, `${id}\0`, `x${id}Cup`, Buffer.from([...Buffer.from(id), 0xff])]
  const madeUp = ['', 'A', `${given}A`, `${given}=`, ` ${given}`, ...bytes.map((one) => Buffer.from(one).toString('base64url'))]
  const { asked, read } = reading([])
  for (const cursor of madeUp) expect(await read(cursor)).toMatchObject(refusal)
  expect(asked).toEqual([])
  expect(await pageOf({ cursor: given, limit: 1 }, byId, () => Promise.resolve([]))).toMatchObject(refusal)
})
