import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@deploy/local/testing'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { assertMigrated } from './assert-migrated.ts'
import { migrate } from './migrate.ts'
import { platformMigrations } from './migration-folder.ts'
import { runSeed } from './run-seed.ts'

describe('migrations', () => {
  let created: TestDatabase
  let path: string
  beforeEach(async () => {
    created = await createTestDatabase('migrations')
    path = await mkdtemp(join(tmpdir(), 'migrations [1] '))
    await write('0001.do.create-orders.sql', 'create table orders (id int primary key);')
  })
  afterEach(async () => {
    await created.drop()
    await rm(path, { recursive: true })
  })

  const write = (file: string, sql: string) => writeFile(join(path, file), sql)
  const folders = () => [platformMigrations(), { name: 'orders', path }]
  const run = () => migrate({ url: created.url, folders: folders() })
  const rows = async (sql: string) => {
    const client = new Client({ connectionString: created.url })
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows
    } finally {
      await client.end()
    }
  }

  it('applies each set in turn, and nothing the second time', async () => {
    expect(await run()).toEqual([
      { set: 'platform', file: '0001.do.create-platform-tables.sql' },
      { set: 'orders', file: '0001.do.create-orders.sql' },
    ])
    expect(await run()).toEqual([])
    expect(await rows('select version::int, name from platform.migrations_orders')).toEqual([{ version: 1, name: 'create-orders' }])
  })

  it('lets processes that start together take turns: each file is applied by one of them', async () => {
    const applied = await Promise.all([run(), run(), run(), run()])
    expect(applied.flat()).toHaveLength(2)
  })

  it('names a file that was changed after it was applied, and says what to do', async () => {
    await run()
    await write('0001.do.create-orders.sql', 'create table orders (id bigint primary key);')
    await expect(run()).rejects.toThrow(
      /0001\.do\.create-orders\.sql of orders was changed after it was applied: restore its text and put the change into a new file/,
    )
    await expect(assertMigrated({ url: created.url, folders: folders() })).rejects.toThrow(/was changed/)
  })

  it('takes other line ends for the same file', async () => {
    await write('0001.do.create-orders.sql', 'create table orders (\n id int primary key\n);')
    await run()
    await write('0001.do.create-orders.sql', 'create table orders (\r\n id int primary key\r\n);')
    expect(await run()).toEqual([])
  })

  it('names a file that fails, keeps nothing of it and everything before it', async () => {
    await write('0002.do.add-notes.sql', 'alter table orders add column notes text; insert into nowhere values (1);')
    await expect(run()).rejects.toThrow(/0002\.do\.add-notes\.sql of orders failed and was rolled back: relation "nowhere" does not exist/)
    expect(await rows("select column_name from information_schema.columns where table_name = 'orders'")).toEqual([{ column_name: 'id' }])
    await write('0002.do.add-notes.sql', 'alter table orders add column notes text;')
    expect(await run()).toEqual([{ set: 'orders', file: '0002.do.add-notes.sql' }])
  })

  it('refuses a new file that sorts before one already applied', async () => {
    await write('0003.do.add-notes.sql', 'alter table orders add column notes text;')
    await run()
    await write('0002.do.add-totals.sql', 'alter table orders add column total int;')
    await expect(run()).rejects.toThrow(/0002\.do\.add-totals\.sql of orders comes before 3/)
  })

  it('refuses a file with a name it would not find again', async () => {
    await write('2.do.AddNotes.sql', 'select 1')
    await expect(run()).rejects.toThrow(/2\.do\.AddNotes\.sql of orders is misnamed/)
  })

  it('refuses two files with one number', async () => {
    await write('0001.do.create-carts.sql', 'select 1')
    await expect(run()).rejects.toThrow(/0001\.do\.create-carts\.sql of orders has the number of another/)
  })

  it('says which folder it cannot read', async () => {
    await rm(path, { recursive: true })
    await expect(run()).rejects.toThrow(`the migrations of orders cannot be read from ${path}`)
    await mkdir(path)
  })

  it('refuses a folder without migrations', async () => {
    await rm(join(path, '0001.do.create-orders.sql'))
    await expect(run()).rejects.toThrow(/no migration of orders/)
  })

  it('leaves a database that is newer than the code alone', async () => {
    await write('0002.do.add-notes.sql', 'alter table orders add column notes text;')
    await run()
    await rm(join(path, '0002.do.add-notes.sql'))
    expect(await run()).toEqual([])
    await assertMigrated({ url: created.url, folders: folders() })
  })

  it('tells a service what its database lacks', async () => {
    await expect(assertMigrated({ url: created.url, folders: folders() })).rejects.toMatchObject({
      missing: ['platform/0001.do.create-platform-tables.sql', 'orders/0001.do.create-orders.sql'],
    })
    await run()
    await assertMigrated({ url: created.url, folders: folders() })
  })

  it('sows a seed whole or not at all', async () => {
    await run()
    await write('seed', 'insert into orders values (1), (2); insert into orders values (1);')
    await expect(runSeed({ url: created.url, file: join(path, 'seed') })).rejects.toThrow(/seed failed and was rolled back: duplicate key/)
    expect(await rows('select id from orders')).toEqual([])
    await write('seed', 'insert into orders values (1), (2) on conflict do nothing;')
    await Promise.all([1, 2].map(() => runSeed({ url: created.url, file: join(path, 'seed') })))
    expect(await rows('select id from orders order by id')).toEqual([{ id: 1 }, { id: 2 }])
  })
})
