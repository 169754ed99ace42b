import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ownFolder } from '../testing/own-folder.ts'
import { endOfLog, lengthOf } from './log-end.ts'

it('tells what was said since, each thing once', async () => {
  const logFile = join(await ownFolder(), 'server.log')
  expect([await lengthOf(logFile), await endOfLog(logFile, { from: 0 })]).toEqual([0, []])
  const before = '10:00 [1] an earlier start\n'
  await writeFile(logFile, `${before}10:01 [2] listening\n\n10:02 [3] no such database\n10:03 [4] is gone\n10:04 [5] no such database\n`)
  expect(await endOfLog(logFile, { from: before.length })).toEqual([
    '10:01 [2] listening',
    '10:03 [4] is gone',
    '10:04 [5] no such database',
  ])
})

it('shows the end of a long log', async () => {
  const logFile = join(await ownFolder(), 'server.log')
  await writeFile(logFile, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].join('\n'))
  expect((await endOfLog(logFile, { from: 0 })).join('')).toBe('bcdefghi')
})
