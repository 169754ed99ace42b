import { onTestFinished } from 'vitest'
import { ownFolder } from './own-folder.ts'

/** Gives the test an empty cache for what is fetched and built, and the usual one back afterwards. */
export async function ownCache(): Promise<string> {
  const cache = await ownFolder()
  const before = process.env['XDG_CACHE_HOME']
  process.env['XDG_CACHE_HOME'] = cache
  onTestFinished(() => {
    if (before === undefined) delete process.env['XDG_CACHE_HOME']
    else process.env['XDG_CACHE_HOME'] = before
  })
  return cache
}
