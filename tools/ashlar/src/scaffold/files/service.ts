import type { File } from '../changes.ts'
import type { Entity } from '../entity.ts'

/** The frame of a service: its program, what it is given, and who keeps which promise. */
export function serviceFiles(entity: Entity): File[] {
  const home = `services/${entity.service}`
  return [
    { path: `${home}/package.json`, text: packageFile(entity) },
    { path: `${home}/README.md`, text: readme(entity) },
    { path: `${home}/src/config.ts`, text: config(entity) },
    { path: `${home}/src/index.ts`, text: index(entity) },
    { path: `${home}/src/service.ts`, text: service(entity) },
    { path: `${home}/src/ports.ts`, text: ports(entity) },
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
