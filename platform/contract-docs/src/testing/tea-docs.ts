import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { defineContract, deprecated, event, mutation, query, z } from '@ashlar/contract'
import { artefacts, openApiOf } from '@ashlar/contract-artifacts'
import type { Documented } from '../docs-site.ts'

const Leaf = z.object({ leafId: z.string().max(40), grams: z.int().min(1) }).meta({ id: 'Leaf' })

const findTea = query({
  input: z.strictObject({ teaId: z.string() }),
  output: z.object({ teaId: z.string(), label: deprecated(z.string().optional(), { since: '2026-11-01', use: 'teaId' }) }),
  policy: { access: 'open' },
  rest: { method: 'GET', path: '/v1/teas/{teaId}' },
})
const lookUpTea = query({
  input: z.strictObject({ teaId: z.string() }),
  output: z.object({ teaId: z.string() }),
  policy: { access: 'open' },
  deprecated: { since: '2026-11-01', sunset: '2027-05-01', use: 'findTea' },
  rest: { method: 'GET', path: '/v1/old-teas/{teaId}' },
})
const teaBrewed = event({
  version: 1,
  aggregate: 'teaId',
  key: 'teaId',
  data: z.object({
    teaId: z.string().describe('Which <tea> & no other.'),
    leaves: z.array(Leaf).min(1).max(9),
    pot: z.object({ size: z.enum(['small', 'large']) }),
    note: deprecated(z.string().optional(), { since: '2026-10-01' }),
  }),
})
const teaSpilt = event({
  version: 1,
  aggregate: 'teaId',
  key: 'teaId',
  data: z.object({ teaId: z.string() }),
  deprecated: { since: '2026-11-01', sunset: '2027-05-01', use: 'teaBrewed' },
})
const brewTea = mutation({
  input: z.strictObject({ teaId: z.string() }),
  output: z.object({ cups: z.int() }),
  errors: { no_water: { status: 'CONFLICT', data: z.object({ litres: z.number() }) } },
  policy: { access: { services: ['kitchen'] }, idempotency: 'key' },
  emits: [teaBrewed, teaSpilt],
})

export const teahouse = defineContract({
  name: 'teahouse',
  version: 1,
  operations: { findTea, lookUpTea, brewTea },
  events: { teaBrewed, teaSpilt },
})

/** A contract nobody outside may call. */
export const cellar = defineContract({
  name: 'cellar',
  version: 1,
  operations: {
    fetchWater: mutation({
      input: z.strictObject({}),
      output: z.object({}),
      policy: { access: { services: ['kitchen'] } },
      deprecated: { since: '2026-11-02' },
    }),
  },
})

/** Two contracts with what was emitted for them, in a folder that is gone when disposed of. */
export async function teaDocs(): Promise<AsyncDisposable & Pick<Documented, 'title' | 'contracts' | 'openApi' | 'emittedFolder'>> {
  const folder = await mkdtemp(join(tmpdir(), 'tea-docs-'))
  const contracts = [teahouse, cellar]
  for (const contract of contracts) {
    for (const { path, text } of artefacts.flatMap((artefact) => artefact(contract, undefined))) {
      await mkdir(dirname(join(folder, contract.name, path)), { recursive: true })
      await writeFile(join(folder, contract.name, path), text)
    }
  }
  const openApi = JSON.stringify(openApiOf(contracts, { title: 'Tea', version: '1', description: 'Tea of all kinds.' }))
  return {
    title: 'Tea',
    contracts,
    openApi: () => openApi,
    emittedFolder: ({ name }) => join(folder, name),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
