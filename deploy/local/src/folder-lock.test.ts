import { execFileSync } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lockFolder, requireUnlocked } from './folder-lock.ts'
import { ownFolder } from './testing/own-folder.ts'

it('lets one process in at a time and says who holds the folder', async () => {
  const folder = await ownFolder()
  const lock = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(`${folder} is in use by process ${process.pid}`)
  await expect(requireUnlocked(folder)).rejects.toMatchObject({ name: 'FolderInUseError', pid: process.pid })
  await lock.release()
  await requireUnlocked(folder)
  expect(await readdir(folder)).toEqual([])
  await using again = await lockFolder(folder)
  expect(again).toBeDefined()
})

it('leaves no lock behind', async () => {
  const folder = await ownFolder()
  await (await lockFolder(folder)).release()
  expect(await readdir(folder)).toEqual([])
})

it('takes over from a process that died, and from a lock cut short', async () => {
  const folder = await ownFolder()
  const dead = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim()
  for (const left of [`${dead} 12345`, '']) {
    await writeFile(join(folder, 'lock'), left)
    await using lock = await lockFolder(folder)
    expect(lock).toBeDefined()
  }
})
