import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { jsonSchemaComplaints, openApiComplaints } from '@ashlar/contract-artifacts/testing'
import { expect, it } from 'vitest'
import { repositoryRoot } from './write-or-check.ts'

const committed = await readdir(join(repositoryRoot, 'contracts'), { recursive: true })
const generated = committed.filter((path) => path.includes('/generated/'))
const read = async (path: string): Promise<object> => JSON.parse(await readFile(join(repositoryRoot, 'contracts', path), 'utf8')) as object

it('are there for every contract', () => {
  const locks = generated.filter((path) => path.endsWith('contract.lock.json'))
  expect(locks.length).toBeGreaterThan(6)
  expect(generated.filter((path) => path.endsWith('openapi.rpc.json'))).toHaveLength(locks.length)
})

it.each(generated.filter((path) => /\/openapi\.\w+\.json$/.test(path)))('%s is OpenAPI 3.1 to two validators', async (path) => {
  expect(await openApiComplaints(await read(path))).toEqual([])
})

it('are JSON Schema 2020-12 to its meta-schema, each file of schemas/', async () => {
  const schemas = await readAll(/\/schemas\/\w+\.json$/)
  expect(jsonSchemaComplaints(schemas)).toEqual([])
  expect(Object.keys(schemas).length).toBeGreaterThan(50)
})

it('are JSON Schema also as locks hold it', async () => {
  const locks = Object.entries(await readAll(/\/contract\.lock\.json$/)).map(([path, lock]) => {
    const { $defs } = lock as { $defs: object }
    return [path, { $defs, anyOf: Object.keys($defs).map((name) => ({ $ref: `#/$defs/${name}` })) }] as const
  })
  expect(jsonSchemaComplaints(Object.fromEntries(locks))).toEqual([])
})

async function readAll(named: RegExp): Promise<Record<string, object>> {
  const paths = generated.filter((path) => named.test(path))
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await read(path)] as const)))
}
