import { migrate, openDatabase, platformMigrations } from '@ashlar/persistence'
import { sagaMigrations } from '@ashlar/saga'
import { createTestDatabase, type TestDatabase } from '@deploy/local/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Command } from '../command.ts'
import { runHere, type Said } from '../testing/run-here.ts'
import { sagaList } from './saga-list.ts'
import { sagaResume } from './saga-resume.ts'
import { sagaShow } from './saga-show.ts'

const shops: TestDatabase[] = []
const [bakery, cafe] = ['01a1fdfd-1104-7000-8000-00000000000b', '01a1fdfd-1104-7000-8000-00000000000c']

beforeAll(async () => {
  for (const [name, id] of [
    ['ashlar_bakery', bakery],
    ['ashlar_cafe', cafe],
  ] as const) {
    const shop = await createTestDatabase(name)
    shops.push(shop)
    await migrate({ url: shop.url, folders: [platformMigrations(), sagaMigrations()] })
    await using database = openDatabase({ url: shop.url, name })
    for (const [saga, key] of [
      [id, `cake of ${name}`],
      [id.replace('1104', '2208'), 'bread'],
    ]) {
      await database.query(
        `insert into platform.saga (id, name, version, shape, key, state, status, step, no_return_at, direction, generation, attempt,
           round_from, stuck_because, stuck_reason, log_length, request_id, traceparent)
         values ($1, 'baking', 1, '', $2, '{}', 'needs_attention', 0, 0, 'do', 1, 1, 0, 'refused', 'the oven is cold', 0, 'r', '')`,
        [saga, key],
      )
    }
  }
})
afterAll(() => Promise.all(shops.map((shop) => shop.drop())))

function run(command: Command, ...words: string[]): Promise<Said> {
  const [first, second] = shops.map(({ url }) => url)
  return runHere(command, words, { BAKERY_DATABASE_URL: first ?? '', CAFE_DATABASE_URL: second ?? '' })
}

it.each([sagaShow, sagaResume])('$words lists what the beginning of an id may stand for, in all services', async (command) => {
  expect(await run(command, '01a1fdfd-1104')).toEqual({
    code: 1,
    lines: [
      '01a1fdfd-1104 may be any of these; say more of its id:',
      `  ${bakery}   baking v1   cake of ashlar_bakery   needs_attention   bakery`,
      `  ${cafe}   baking v1   cake of ashlar_cafe     needs_attention   cafe`,
    ],
  })
  expect((await run(command, '01a1fdfd', '--service', 'cafe')).lines).toHaveLength(3)
  expect(await run(command, 'ffff')).toEqual({ code: 1, lines: ['there is no saga ffff: see npm run ashlar -- saga list'] })
  expect(await run(command)).toMatchObject({ code: 2 })
})

it('shows, resumes and lists the one that is meant', async () => {
  expect((await run(sagaShow, 'cake of ashlar_c')).lines[0]).toBe('baking v1 · cake of ashlar_cafe · needs_attention · the oven is cold')
  expect(await run(sagaResume, '01a1fdfd-1104', '--service', 'cafe')).toEqual({
    code: 0,
    lines: [`carrying on; see npm run ashlar -- saga show ${cafe}`],
  })
  await using bread = openDatabase({ url: shops[0]?.url ?? '', name: 'test' })
  expect(await bread.query('select 1 from platform.saga where resume_requested')).toEqual([])
  expect((await run(sagaList, '--status', 'needs_attention')).lines).toHaveLength(4)
  expect(await run(sagaList, '--status', 'sleeping')).toMatchObject({ code: 2 })
})

it('says in one line which database is away', async () => {
  for (const command of [sagaList, sagaShow, sagaResume]) {
    const words = command === sagaList ? [] : ['some-id']
    expect(await runHere(command, words, { BAKERY_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/bakery' })).toEqual({
      code: 1,
      lines: ['bakery: the database is unavailable: no connection could be had (connect ECONNREFUSED 127.0.0.1:1)'],
    })
  }
})

it('says which address is none', async () => {
  expect(await runHere(sagaList, [], { BAKERY_DATABASE_URL: 'bakery' })).toEqual({
    code: 1,
    lines: ['BAKERY_DATABASE_URL is no address: it should look like postgres://host:port'],
  })
})
