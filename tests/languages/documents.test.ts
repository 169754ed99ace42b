import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Parser } from '@asyncapi/parser'
import { ownFolder } from '@deploy/local/testing'
import { describe, expect, it } from 'vitest'
import { generatedFiles, protosInPlace } from './generated.ts'
import { runTool } from './run-tool.ts'

const buf = fileURLToPath(import.meta.resolve('@bufbuild/buf/bin/buf'))
const documents = await generatedFiles((file) => file === 'asyncapi.json')

describe('to the parser of AsyncAPI', () => {
  it.each(documents)('what $contract says is right, and names every operation', async ({ path }) => {
    const { document, diagnostics } = await new Parser().parse(await readFile(path, 'utf8'))
    expect(diagnostics.filter(({ severity }: { severity: number }) => severity === 0)).toEqual([])
    const { operations } = JSON.parse(await readFile(path, 'utf8')) as { operations: object }
    expect(
      document
        ?.operations()
        .all()
        .map((operation) => operation.id())
        .toSorted(),
    ).toEqual(Object.keys(operations))
  })

  it('every contract with events has a document', async () => {
    const locks = await generatedFiles((file) => file === 'contract.lock.json')
    const withEvents = await Promise.all(
      locks.map(async ({ contract, path }) => {
        const { events } = JSON.parse(await readFile(path, 'utf8')) as { events: object }
        return Object.keys(events).length > 0 ? [contract] : []
      }),
    )
    expect(documents.map(({ contract }) => contract)).toEqual(expect.arrayContaining(withEvents.flat()))
    expect(withEvents.flat()).toContain('orders')
  })
})

it('buf finds every .proto right by its standard rules, put where its package says', async () => {
  const folder = await ownFolder()
  await writeFile(join(folder, 'buf.yaml'), 'version: v2\nlint:\n  use: [STANDARD]\n')
  const files = await protosInPlace(folder)
  await runTool(process.execPath, [buf, 'lint'], { cwd: folder, env: { BUF_CACHE_DIR: join(folder, 'cache') } })
  const listed = await runTool(process.execPath, [buf, 'ls-files'], { cwd: folder, env: { BUF_CACHE_DIR: join(folder, 'cache') } })
  expect(listed.trim().split('\n').toSorted()).toEqual(files.toSorted())
  expect(files).toContain('orders/v1/orders.proto')
})
