import { z } from 'zod'
import { expect, it } from 'vitest'
import { ContractRefusedError } from './contract-refused.ts'
import { defineContract } from './define-contract.ts'
import { deprecated, deprecationHeaders, successorOf, type Deprecation } from './deprecation.ts'
import { event } from './event.ts'
import { query } from './operation.ts'

const asking = { input: z.strictObject({}), output: z.object({}), policy: { access: 'open' } } as const

function problemsOf(define: () => unknown): readonly string[] {
  try {
    define()
  } catch (error) {
    if (error instanceof ContractRefusedError) return error.problems.map(({ path, problem }) => `${path}: ${problem}`)
    throw error
  }
  return []
}

const teasWith = (deprecated: Deprecation) =>
  problemsOf(() =>
    defineContract({ name: 'teas', version: 1, operations: { getTea: query({ ...asking, deprecated }), findTea: query(asking) } }),
  )

it('takes a day, a later last day, and what to use instead', () => {
  expect(teasWith({ since: '2026-11-01' })).toEqual([])
  expect(teasWith({ since: '2026-11-01', sunset: '2027-05-01', use: 'findTea' })).toEqual([])
  expect(teasWith({ since: '2026-11-01', use: 'teas.v2/getTea' })).toEqual([])
})

it.each<[Deprecation, string]>([
  [{ since: 'soon' }, 'since: "soon" is no date'],
  [{ since: '2026-02-30' }, 'since: "2026-02-30" is no date'],
  [{ since: '2026-11-01', sunset: '2027' }, 'sunset: "2027" is no date'],
  [{ since: '2026-11-01', sunset: '2026-11-01' }, 'sunset: it ends before it is deprecated'],
  [{ since: '2026-11-01', use: 'brewTea' }, 'use: there is no brewTea to use instead'],
  [{ since: '2026-11-01', use: 'getTea' }, 'use: it cannot replace itself'],
  [{ since: '2026-11-01', use: 'teas.v1/findTea' }, 'use: there is no teas.v1/findTea to use instead'],
  [{ since: '2026-11-01', use: 'cups.v2/getTea' }, 'use: there is no cups.v2/getTea to use instead'],
])('refuses %j', (given, problem) => {
  expect(teasWith(given)).toEqual([`operations.getTea.deprecated.${problem}`])
})

it('refuses an event that is replaced by one nobody declared', () => {
  const brewed = event({
    version: 1,
    aggregate: 'teaId',
    key: 'teaId',
    data: z.object({ teaId: z.string() }),
    deprecated: { since: '2026-11-01', use: 'teaPoured' },
  })
  const events = { teaBrewed: brewed }
  expect(problemsOf(() => defineContract({ name: 'teas', version: 1, operations: {}, events }))).toEqual([
    'events.teaBrewed.deprecated.use: there is no teaPoured to use instead',
  ])
})

it('names the field that is replaced by none beside it, and what is no field', () => {
  const label = deprecated(z.string(), { since: '2026-11-01', use: 'title' }).optional()
  const output = z.object({ tea: z.object({ label }), cups: z.array(deprecated(z.int(), { since: '2026-11-01' })) })
  expect(problemsOf(() => defineContract({ name: 'teas', version: 1, operations: { getTea: query({ ...asking, output }) } }))).toEqual([
    'operations.getTea.output.tea.label.deprecated.use: there is no title to use instead',
    'operations.getTea.output.cups[]: only operations, events and fields of objects can be deprecated',
  ])
})

it('shows a deprecated field in JSON Schema', () => {
  const Tea = z.object({ label: deprecated(z.string().optional(), { since: '2026-11-01', use: 'name' }), name: z.string() })
  expect(z.toJSONSchema(Tea).properties?.['label']).toEqual({
    type: 'string',
    deprecated: true,
    'x-deprecation': { since: '2026-11-01', use: 'name' },
  })
})

it('tells callers by the headers of RFC 9745 and RFC 8594', () => {
  expect(deprecationHeaders({ since: '2026-11-01', sunset: '2027-05-01' }, '/rpc/teas.v2/getTea')).toEqual([
    ['deprecation', '@1793491200'],
    ['sunset', 'Sat, 01 May 2027 00:00:00 GMT'],
    ['link', '</rpc/teas.v2/getTea>; rel="successor-version"'],
  ])
  expect(deprecationHeaders({ since: '2026-11-01' })).toEqual([['deprecation', '@1793491200']])
})

it('finds what replaces an operation in its own contract and in a newer one', () => {
  const by = (use: string) => successorOf({ contract: 'teas', version: 1, deprecated: { since: '2026-11-01', use } })
  expect([by('findTea'), by('teas.v2/getTea')]).toEqual(['teas.v1/findTea', 'teas.v2/getTea'])
})
