import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { forkRegistrant } from '../testing/fork-registrant.ts'
import { ownEntry, type Entry } from './entry.ts'
import { scanFolder } from './scan-folder.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scan-'))
})
afterEach(() => rm(folder, { recursive: true }))

const entry = (id: string): Entry => ownEntry({ id, service: 'tea', host: '127.0.0.1', port: 80, contracts: ['tea.v1'] }, true)

async function place(name: string, content: unknown, ageMs = 0): Promise<void> {
  const at = new Date(Date.now() - ageMs)
  await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  await utimes(join(folder, name), at, at)
}

it('lists those without a heartbeat as failing although their process lives', async () => {
  await place('a.json', entry('a'), 1_000)
  await place('b.json', entry('b'), 6_000)
  expect(await scanFolder(folder)).toEqual({ passing: [entry('a').instance], failing: ['b'] })
  expect(await readdir(folder)).toHaveLength(2)
})

it('goes by the heartbeat alone for a process of another machine', async () => {
  await place('far.json', { ...entry('far'), machine: 'elsewhere', pid: 2 ** 22 + 1 })
  expect((await scanFolder(folder)).passing).toHaveLength(1)
})

it('passes over what is no entry, and removes what was abandoned', async () => {
  await place('half.json', '{"instance":')
  await place('odd.json', { instance: { id: 'a' } })
  await place('a.json.1f.draft', entry('a'))
  await place('b.json.2f.draft', entry('b'), 700_000)
  expect(await scanFolder(folder)).toEqual({ passing: [], failing: [] })
  expect((await readdir(folder)).toSorted()).toEqual(['a.json.1f.draft', 'half.json', 'odd.json'])
})

it('removes the entry of a process that was killed', async () => {
  const registrant = await forkRegistrant({ url: `file://${folder}`, service: 'tea', id: 'a', checkIntervalMs: 100 })
  await registrant.kill()
  expect(await scanFolder(join(folder, 'tea'))).toEqual({ passing: [], failing: ['a'] })
  expect(await readdir(join(folder, 'tea'))).toEqual([])
})
