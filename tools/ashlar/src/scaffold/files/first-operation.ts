import type { File } from '../changes.ts'
import type { Entity } from '../entity.ts'

/** What a service does: one operation, and the rule it goes by. */
export function firstOperationFiles(entity: Entity): File[] {
  const home = `services/${entity.service}/src`
  return [
    { path: `${home}/domain/${entity.file}.ts`, text: domain(entity) },
    { path: `${home}/domain/${entity.file}.test.ts`, text: domainTest(entity) },
    { path: `${home}/operations/add-${entity.file}.ts`, text: handler(entity) },
    { path: `${home}/operations/add-${entity.file}.test.ts`, text: handlerTest(entity) },
  ]
}

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
