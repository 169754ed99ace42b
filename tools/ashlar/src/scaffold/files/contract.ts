import type { File } from '../changes.ts'
import type { Entity } from '../entity.ts'

/** A whole contract: one operation, the event it announces, and their shapes. */
export function contractFiles(entity: Entity): File[] {
  const home = `contracts/${entity.service}`
  return [
    { path: `${home}/package.json`, text: packageFile(entity) },
    { path: `${home}/index.ts`, text: index(entity) },
    { path: `${home}/shapes/${entity.file}.ts`, text: shape(entity) },
    { path: `${home}/events/${entity.file}-added.ts`, text: event(entity) },
    { path: `${home}/operations/add-${entity.file}.ts`, text: operation(entity) },
  ]
}

const packageFile = ({ service }: Entity): string => `{
  "name": "@contracts/${service}",
  "version": "0.1.0",
  "private": true,
  "license": "Apache-2.0",
  "type": "module",
  "exports": {
    ".": "./index.ts"
  },
  "dependencies": {
    "@ashlar/contract": "*"
  }
}
`

const index = ({ service, one, type, words, file }: Entity): string => `import { defineContract, type ContractOf } from '@ashlar/contract'
import { ${one}Added } from './events/${file}-added.ts'
import { add${type} } from './operations/add-${file}.ts'

/** What is said in ${words} after ${words}, and by whom. */
export const ${service} = defineContract({
  name: '${service}',
  version: 1,
  operations: { add${type} },
  events: { ${one}Added },
})
export interface ${service.slice(0, 1).toUpperCase()}${service.slice(1)} extends ContractOf<typeof ${service}> {}

export { ${one}Added } from './events/${file}-added.ts'
`

const shape = ({ type, words }: Entity): string => `import { z } from '@ashlar/contract'

export const ${type}Id = z.uuid()
export const Text = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^\\P{Cc}+$/u, 'must not contain control characters')

/** One ${words}, as whoever added it sees it. */
export const ${type} = z.object({ id: ${type}Id, text: Text, addedAt: z.iso.datetime() }).meta({ id: '${type}' })
`

const event = ({ one, type, words, file }: Entity): string => `import { event, z } from '@ashlar/contract'
import { ${type}Id } from '../shapes/${file}.ts'

/** There is one more ${words}. What it says stays where it is kept. */
export const ${one}Added = event({
  version: 1,
  aggregate: '${one}Id',
  key: '${one}Id',
  data: z.object({ ${one}Id: ${type}Id, addedAt: z.iso.datetime() }),
})
`

const operation = ({ service, one, type, words, file }: Entity): string => `import { mutation, z } from '@ashlar/contract'
import { ${one}Added } from '../events/${file}-added.ts'
import { Text, ${type} } from '../shapes/${file}.ts'

/** Add one ${words}: once, however often it is asked under one key. */
export const add${type} = mutation({
  input: z.strictObject({ text: Text }),
  output: ${type},
  errors: { blank_text: { status: 'UNPROCESSABLE_CONTENT' } },
  policy: { access: 'customer', idempotency: 'key' },
  emits: [${one}Added],
  rest: { method: 'POST', path: '/v1/${service}', status: 201 },
})
`
