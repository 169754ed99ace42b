import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Way } from '../obtain/ways.ts'
import { serverCache } from '../user-cache.ts'

const dayMs = 86_400_000

/** Remembers for a day that a way failed, so that every start without a network does not wait for it. */
export function unlessTriedToday(way: Way): Way {
  const marker = join(serverCache('consul', 'attempts'), 'release-failed')
  return {
    description: way.description,
    async attempt(onProgress) {
      const failedAt = (await stat(marker).catch(() => undefined))?.mtimeMs ?? 0
      if (Date.now() - failedAt < dayMs) throw new Error('failed today already, not tried again')
      try {
        const program = await way.attempt(onProgress)
        await rm(marker, { force: true })
        return program
      } catch (error) {
        await mkdir(dirname(marker), { recursive: true })
        await writeFile(marker, '')
        throw error
      }
    },
  }
}
