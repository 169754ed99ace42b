import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { ownCache } from '../testing/own-cache.ts'
import { fromCache, intoCache } from './cached.ts'

const pinned = { program: 'thing', version: '1.2.3' }
const silent = (): void => undefined
let cache = ''
beforeEach(async () => {
  cache = await ownCache()
})

it('keeps what a way made, runnable, and finds it the next time with its origin', async () => {
  const way = intoCache(pinned, {
    description: 'wheel',
    origin: 'wheel',
    async make(scratch) {
      await writeFile(join(scratch, 'made'), 'a program')
      return join(scratch, 'made')
    },
  })
  const made = await way.attempt(silent)
  expect(await readFile(made.file, 'utf8')).toBe('a program')
  expect((await stat(made.file)).mode & 0o111).not.toBe(0)
  expect(await fromCache(pinned).attempt(silent)).toEqual({ file: made.file, version: '1.2.3', origin: 'wheel, cached' })
})

it('leaves nothing behind when a way breaks off half way', async () => {
  const way = intoCache(pinned, {
    description: 'wheel',
    origin: 'wheel',
    async make(scratch) {
      await writeFile(join(scratch, 'half'), 'half a pro')
      throw new Error('the line went dead')
    },
  })
  await expect(way.attempt(silent)).rejects.toThrow('the line went dead')
  expect(await readdir(join(cache, 'ashlar', 'servers', 'thing', '1.2.3'))).toEqual([])
  await expect(fromCache(pinned).attempt(silent)).rejects.toThrow('not there')
})
