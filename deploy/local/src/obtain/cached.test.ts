import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fromCache, intoCache } from './cached.ts'

const pinned = { program: 'thing', version: '1.2.3' }
const silent = (): void => undefined
const before = process.env['XDG_CACHE_HOME']
let cache = ''

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'ashlar-cache-'))
  process.env['XDG_CACHE_HOME'] = cache
})
afterEach(async () => {
  await rm(cache, { recursive: true })
  if (before === undefined) delete process.env['XDG_CACHE_HOME']
  else process.env['XDG_CACHE_HOME'] = before
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
