import type { File } from '../changes.ts'
import type { Entity } from '../entity.ts'

/** What a service keeps things in: a table, an adapter on it, another in memory, and one suite for both. */
export function storeFiles(entity: Entity): File[] {
  const home = `services/${entity.service}`
  const adapters = `${home}/src/adapters`
  return [
    { path: `${home}/migrations/0001.do.create-${entity.table.replaceAll('_', '-')}.sql`, text: migration(entity) },
    { path: `${adapters}/postgres-${entity.file}-store.ts`, text: inPostgres(entity) },
    { path: `${adapters}/postgres-${entity.file}-store.service.test.ts`, text: inPostgresTest(entity) },
    { path: `${adapters}/in-memory-${entity.file}-store.ts`, text: inMemory(entity) },
    { path: `${adapters}/in-memory-${entity.file}-store.test.ts`, text: inMemoryTest(entity) },
    { path: `${adapters}/${entity.file}-store-suite.ts`, text: suite(entity) },
  ]
}

const migration = ({ table }: Entity): string => `create table ${table} (
  id uuid primary key,
  customer_id uuid not null,
  text text not null,
  added_at timestamptz not null
);
`

const inPostgres = ({ one, type, file, table }: Entity): string => `import type { ${type} } from '../domain/${file}.ts'
import type { ${type}Store } from '../ports.ts'

interface Row extends Omit<${type}, 'addedAt'> {
  readonly addedAt: Date
}

/** Keeps them in the service's own database. */
export function postgres${type}Store(): ${type}Store {
  return {
    async find(db, ${one}Id) {
      const [row] = await db.query<Row>(
        'select id, customer_id as "customerId", text, added_at as "addedAt" from ${table} where id = $1',
        [${one}Id],
      )
      return row === undefined ? undefined : { ...row, addedAt: row.addedAt.toISOString() }
    },
    async insert(tx, { id, customerId, text, addedAt }) {
      await tx.query('insert into ${table} (id, customer_id, text, added_at) values ($1, $2, $3, $4)', [id, customerId, text, addedAt])
    },
  }
}
`

const inPostgresTest = ({ service, type, words, file }: Entity): string => `import type { Database } from '@ashlar/service'
import { serviceDatabase } from '@ashlar/testing'
import { createTestDatabase } from '@deploy/local/testing'
import { afterAll, beforeAll, describe } from 'vitest'
import { postgres${type}Store } from './postgres-${file}-store.ts'
import { ${suiteOf(type)} } from './${file}-store-suite.ts'

let database: Database

beforeAll(async () => {
  const { url } = await createTestDatabase('${service}')
  database = await serviceDatabase(url, { name: '${service}', migrations: new URL('../../migrations', import.meta.url) })
})
afterAll(() => database.close())

describe('the ${words} store in PostgreSQL', () => {
  ${suiteOf(type)}(postgres${type}Store(), (work) => database.transaction(work))
})
`

const inMemory = ({ one, type, words, file }: Entity): string => `import type { ${type} } from '../domain/${file}.ts'
import type { ${type}Store } from '../ports.ts'

/** Keeps them in memory, for tests of the operations. */
export function inMemory${type}Store(): ${type}Store {
  const byId = new Map<string, ${type}>()
  return {
    find: (_db, ${one}Id) => Promise.resolve(byId.get(${one}Id)),
    insert(_tx, ${one}) {
      if (byId.has(${one}.id)) return Promise.reject(new Error(\`there is a ${words} \${${one}.id} already\`))
      byId.set(${one}.id, ${one})
      return Promise.resolve()
    },
  }
}
`

const inMemoryTest = ({ type, words, file }: Entity): string => `import { noDatabase } from '@ashlar/testing'
import { describe } from 'vitest'
import { inMemory${type}Store } from './in-memory-${file}-store.ts'
import { ${suiteOf(type)} } from './${file}-store-suite.ts'

describe('the ${words} store in memory', () => {
  ${suiteOf(type)}(inMemory${type}Store(), (work) => work(noDatabase))
})
`

const suite = ({ one, type, words, file }: Entity): string => `import type { Transaction } from '@ashlar/service'
import { expect, it } from 'vitest'
import type { ${type} } from '../domain/${file}.ts'
import type { ${type}Store } from '../ports.ts'

const customerId = '01935b00-0000-7000-8000-0000000000a1'
const added = (id: string): ${type} => ({ id, customerId, text: 'well made', addedAt: '2026-03-01T10:00:00.000Z' })

/** What every ${words} store does. \`inTransaction\` runs work as the adapter's own database would. */
export function ${suiteOf(type)}(
  store: ${type}Store,
  inTransaction: <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>,
): void {
  it('finds what was kept, whole', async () => {
    const ${one} = added('01935b00-0000-7000-8000-000000000001')
    await inTransaction((tx) => store.insert(tx, ${one}))
    expect(await inTransaction((tx) => store.find(tx, ${one}.id))).toEqual(${one})
  })

  it('finds nothing under another id', async () => {
    expect(await inTransaction((tx) => store.find(tx, '01935b00-0000-7000-8000-00000000ffff'))).toBeUndefined()
  })

  it('keeps one under an id', async () => {
    const ${one} = added('01935b00-0000-7000-8000-000000000002')
    await inTransaction((tx) => store.insert(tx, ${one}))
    await expect(inTransaction((tx) => store.insert(tx, ${one}))).rejects.toThrow()
  })
}
`

function suiteOf(type: string): string {
  return `${type.slice(0, 1).toLowerCase()}${type.slice(1)}StoreSuite`
}
