import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runHere } from '../testing/run-here.ts'
import { contractsDocs } from './contracts-docs.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ashlar-docs-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('writes the whole reference as files that need no server of ours', async () => {
  const target = join(folder, 'all')
  const { code, lines } = await runHere(contractsDocs, ['--output', target], {})
  const names = await readdir(target, { recursive: true })
  expect([code, lines[0]]).toEqual([0, expect.stringMatching(/^wrote \d{3} files to /)])
  expect(names).toEqual(expect.arrayContaining(['index.html', 'rest.html', 'orders.v1/rpc.html', 'orders.v1/events.html']))
  expect(await readFile(join(target, 'orders.v1/rpc.html'), 'utf8')).toContain('data-document="openapi.rpc.json" data-requests="shown"')
  expect(await readFile(join(target, 'orders.v1/events.html'), 'utf8')).toContain('href="../index.html"')
  // and once more over what it wrote itself
  expect((await runHere(contractsDocs, ['--output', target], {})).code).toBe(0)
})

it('writes what everybody may see and no more', async () => {
  const target = join(folder, 'public')
  expect((await runHere(contractsDocs, ['--output', target, '--public'], {})).code).toBe(0)
  expect((await readdir(target)).toSorted()).toEqual(['assets', 'index.html', 'openapi.json', 'rest.html'])
})

it('writes over nobody’s own files', async () => {
  const target = join(folder, 'mine')
  await mkdir(target)
  await writeFile(join(target, 'index.html'), 'my own')
  const { code, lines } = await runHere(contractsDocs, ['--output', target], {})
  expect([code, lines[0]]).toEqual([1, `${target} holds something else: name an empty folder`])
  expect(await readdir(target)).toEqual(['index.html'])
})

it('says so when a file stands where the folder shall be', async () => {
  const target = join(folder, 'a-file')
  await writeFile(target, 'mine')
  const { code, lines } = await runHere(contractsDocs, ['--output', target], {})
  expect([code, lines[0]]).toEqual([1, `${target} cannot be read as a folder: name one that is empty or not there yet`])
})

it('asks where to, and says where else it is', async () => {
  const { code, lines } = await runHere(contractsDocs, [], {})
  expect([code, lines[0]]).toEqual([2, expect.stringContaining('--output <folder>')])
  expect(lines.join('\n')).toContain('/docs')
})
