import type { File } from '../changes.ts'
import type { Entity } from '../entity.ts'

/** A whole service but what it keeps things in: its program, what it may, and the one operation of its contract. */
export function serviceFiles(entity: Entity): File[] {
  const home = `services/${entity.service}`
  return [
    { path: `${home}/package.json`, text: packageFile(entity) },
    { path: `${home}/README.md`, text: readme(entity) },
    { path: `${home}/src/config.ts`, text: config(entity) },
    { path: `${home}/src/index.ts`, text: index(entity) },
    { path: `${home}/src/service.ts`, text: service(entity) },
    { path: `${home}/src/ports.ts`, text: ports(entity) },
    { path: `${home}/src/domain/${entity.file}.ts`, text: domain(entity) },
    { path: `${home}/src/domain/${entity.file}.test.ts`, text: domainTest(entity) },
    { path: `${home}/src/operations/add-${entity.file}.ts`, text: handler(entity) },
    { path: `${home}/src/operations/add-${entity.file}.test.ts`, text: handlerTest(entity) },
    { path: `${home}/src/main.ts`, text: main(entity) },
  ]
}

const named = (service: string): string => `${service.slice(0, 1).toUpperCase()}${service.slice(1)}`

const packageFile = ({ service }: Entity): string => `{
  "name": "@services/${service}",
  "version": "0.1.0",
  "private": true,
  "license": "Apache-2.0",
  "type": "module",
  "exports": {
    ".": "./src/index.ts"
  },
  "dependencies": {
    "@ashlar/contract": "*",
    "@ashlar/service": "*",
    "@contracts/${service}": "*"
  },
  "devDependencies": {
    "@ashlar/testing": "*",
    "@deploy/local": "*",
    "vitest": "5.0.0"
  }
}
`

const readme = ({ service, type, words, table, file }: Entity): string => {
  const prefix = service.toUpperCase()
  return `# ${service}

**Owns** ${table === service ? service : `each ${words}`}, and who added which.
**Promises** [\`@contracts/${service}\`](../../contracts/${service}): \`add${type}\`. Text that is nothing but spaces is refused with \`blank_text\`.
**Announces** \`${service}.${file}-added.v1\`. The text stays here.
**Listens to** nothing.
**Stores** \`${table}\` in its own database.

| variable | meaning |
| --- | --- |
| \`${prefix}_DATABASE_URL\` | its own database, with its own role |
| \`${prefix}_KEY_FILE\` | its signing key |
`
}

const config = ({ service }: Entity): string => `import { z } from '@ashlar/contract'
import { platformConfig } from '@ashlar/service'

/** The environment of ${service}. */
export const ${named(service)}Config = z.object(platformConfig('${service}'))
`

const index = ({
  service,
  type,
  file,
  one,
}: Entity): string => `import { newId, type Platform, type ServiceDefinition } from '@ashlar/service'
import { postgres${type}Store } from './adapters/postgres-${file}-store.ts'
import { ${service}Service } from './service.ts'

export { ${named(service)}Config } from './config.ts'

/** Builds ${service} on a platform; alone in its process, or beside other services in one. */
export function start${named(service)}(_platform: Platform, _environment: NodeJS.ProcessEnv): ServiceDefinition {
  return ${service}Service({ ${one}Store: postgres${type}Store(), ids: { next: newId }, clock: { now: () => new Date() } })
}
`

const main = ({ service }: Entity): string => `import { readConfig, startPlatform } from '@ashlar/service'
import { start${named(service)}, ${named(service)}Config } from './index.ts'

await using platform = await startPlatform(readConfig(${named(service)}Config))
await using server = await platform.serve(start${named(service)}(platform, process.env))
await server.stopped
`

const service = ({ service, one, type, file }: Entity): string => `import { service, type ServiceDefinition } from '@ashlar/service'
import { ${service} } from '@contracts/${service}'
import { add${type} } from './operations/add-${file}.ts'
import type { Clock, Ids, ${type}Store } from './ports.ts'

const migrations = new URL('../migrations', import.meta.url)

interface Needs {
  readonly ${one}Store: ${type}Store
  readonly ids: Ids
  readonly clock: Clock
}

/** ${named(service)}: who keeps which promise. */
export function ${service}Service(needs: Needs): ServiceDefinition {
  return service(${service}, { operations: { add${type} }, migrations, needs })
}
`

const ports = ({ one, type, words, file }: Entity): string => `import type { Queryable, Transaction } from '@ashlar/service'
import type { ${type} } from './domain/${file}.ts'

/** Keeps each ${words} as it was added. */
export interface ${type}Store {
  find(db: Queryable, ${one}Id: string): Promise<${type} | undefined>
  /** Keeps one more. Throws when its id is there already. */
  insert(tx: Transaction, ${one}: ${type}): Promise<void>
}

/** Makes ids that sort by time. */
export interface Ids {
  next(): string
}

/** Tells the time. */
export interface Clock {
  now(): Date
}
`

const domain = ({ type, words }: Entity): string => `/** One ${words}; it stays as it is. */
export interface ${type} {
  readonly id: string
  readonly customerId: string
  readonly text: string
  /** As ISO 8601, in UTC. */
  readonly addedAt: string
}

/** Gives what was said without the spaces around it; \`undefined\` when nothing is left. */
export function saidIn(text: string): string | undefined {
  const said = text.trim()
  return said === '' ? undefined : said
}
`

const domainTest = ({ file }: Entity): string => `import { expect, it } from 'vitest'
import { saidIn } from './${file}.ts'

it('leaves out the spaces around what is said', () => {
  expect(saidIn('  well made ')).toBe('well made')
})

it('finds nothing said in spaces', () => {
  expect(saidIn('   ')).toBeUndefined()
})
`

const handler = ({ service, one, type, words, file }: Entity): string => `import { failed } from '@ashlar/contract'
import { local } from '@ashlar/service'
import { ${[`${one}Added`, service].toSorted().join(', ')} } from '@contracts/${service}'
import { saidIn } from '../domain/${file}.ts'
import type { Clock, Ids, ${type}Store } from '../ports.ts'

interface Needs {
  readonly ${one}Store: ${type}Store
  readonly ids: Ids
  readonly clock: Clock
}

/** Add one ${words}: once, however often it is asked under one key. */
export const add${type} = local(
  ${service}.add${type},
  ({ ${one}Store, ids, clock }: Needs) =>
    async (asked, { tx, emit, customer }) => {
      const text = saidIn(asked.text)
      if (text === undefined) return failed('blank_text')

      const added = { id: ids.next(), customerId: customer.id, text, addedAt: clock.now().toISOString() }
      await ${one}Store.insert(tx, added)
      emit(${one}Added, { ${one}Id: added.id, addedAt: added.addedAt })
      return { id: added.id, text, addedAt: added.addedAt }
    },
)
`

const handlerTest = ({ service, one, type, words, file }: Entity): string => `import { given, noDatabase } from '@ashlar/testing'
import { ${one}Added } from '@contracts/${service}'
import { expect, it } from 'vitest'
import { inMemory${type}Store } from '../adapters/in-memory-${file}-store.ts'
import { add${type} } from './add-${file}.ts'

const id = '01935b00-0000-7000-8000-000000000001'
const addedAt = '2026-03-01T10:00:00.000Z'

function needs() {
  return { ${one}Store: inMemory${type}Store(), ids: { next: () => id }, clock: { now: () => new Date(addedAt) } }
}

it('keeps what a customer says as one ${words}, and announces it without the text', async () => {
  const kept = needs()
  const scenario = given(kept).when(add${type}, { text: ' well made ' }, { customer: 'ada' })
  await scenario.thenAnswersExactly({ id, text: 'well made', addedAt })
  await scenario.thenEmits(${one}Added, { ${one}Id: id, addedAt })
  expect(await kept.${one}Store.find(noDatabase, id)).toEqual({ id, customerId: 'ada', text: 'well made', addedAt })
})

it('refuses what says nothing, and announces nothing', async () => {
  const scenario = given(needs()).when(add${type}, { text: '  ' }, { customer: 'ada' })
  await scenario.thenRefuses('blank_text')
  await scenario.thenEmitsNothing()
})
`
