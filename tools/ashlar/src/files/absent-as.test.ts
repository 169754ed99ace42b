import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { absentAs, isThere } from './absent-as.ts'

async function someFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ashlar-files-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

it('takes the stand-in only for what is not there', async () => {
  const folder = await someFolder()
  await writeFile(join(folder, 'tea'), 'green')
  expect(await absentAs('none', readFile(join(folder, 'tea'), 'utf8'))).toBe('green')
  expect(await absentAs('none', readFile(join(folder, 'milk'), 'utf8'))).toBe('none')
})

it('does not take what cannot be read for what is not there', async () => {
  await expect(absentAs('none', readFile(await someFolder(), 'utf8'))).rejects.toThrow('EISDIR')
})

it('tells files and folders from what is not there', async () => {
  const folder = await someFolder()
  await writeFile(join(folder, 'tea'), 'green')
  expect(await Promise.all([folder, join(folder, 'tea'), join(folder, 'milk')].map(isThere))).toEqual([true, true, false])
})
