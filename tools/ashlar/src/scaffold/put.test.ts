import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { put } from './put.ts'

async function folders() {
  const folder = await mkdtemp(join(tmpdir(), 'put-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const [root, aside] = [join(folder, 'root'), join(folder, 'aside')]
  const write = async (path: string, text: string) => {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }
  await write(join(root, 'gateway/contracts.ts'), 'before')
  await write(join(root, 'contracts/tea/index.ts'), 'before')
  await write(join(aside, 'contracts/tea/index.ts'), 'after')
  await write(join(aside, 'contracts/tea/events/tea-made.ts'), 'made')
  await write(join(aside, 'services/tea/src/main.ts'), 'main')
  await write(join(aside, 'services/tea/package.json'), '{}')
  await write(join(aside, 'gateway/contracts.ts'), 'after')
  return { root, aside }
}

const files = [
  'contracts/tea/events/tea-made.ts',
  'services/tea/src/main.ts',
  'services/tea/package.json',
  'contracts/tea/index.ts',
  'gateway/contracts.ts',
]
const links = [{ path: 'node_modules/@services/tea', target: '../../services/tea' }]
const filesIn = async (root: string): Promise<string[]> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  return entries.flatMap((entry) => (entry.isDirectory() ? [] : [join(entry.parentPath, entry.name).slice(root.length + 1)])).toSorted()
}

it('moves everything to its place, new folders whole', async () => {
  const { root, aside } = await folders()
  await put({ files, links }, { root, aside })
  expect(await filesIn(root)).toEqual([...files, 'node_modules/@services/tea'].toSorted())
  expect(await readFile(join(root, 'gateway/contracts.ts'), 'utf8')).toBe('after')
  expect(await readlink(join(root, 'node_modules/@services/tea'))).toBe('../../services/tea')
})

it('leaves everything as it was when one cannot be moved', async () => {
  const { root, aside } = await folders()
  const before = await filesIn(root)
  // a folder stands where the last file is to go
  await mkdir(join(root, 'README.md/in-the-way'), { recursive: true })
  await writeFile(join(aside, 'README.md'), 'after')
  await expect(put({ files: [...files, 'README.md'], links }, { root, aside })).rejects.toThrow('EISDIR')
  expect(await filesIn(root)).toEqual(before)
  expect(await readFile(join(root, 'contracts/tea/index.ts'), 'utf8')).toBe('before')
  expect(await readFile(join(root, 'gateway/contracts.ts'), 'utf8')).toBe('before')
})
