import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { lockFolder, type FolderLock } from '../folder-lock.ts'
import { FolderInUseError } from '../server/errors.ts'
import { userCache } from '../user-cache.ts'
import { fromCache, type Pinned } from './cached.ts'
import type { OnProgress, Way } from './ways.ts'

const lookAgainMs = 500

/**
 * Waits until no other process of this user builds: two builds at once take longer than one after the other, and more
 * memory. What the other one made meanwhile is used.
 */
export function oneBuildAtATime(pinned: Pinned, way: Way): Way {
  return {
    description: way.description,
    async attempt(onProgress) {
      await using _turn = await takeTurn(onProgress)
      return await fromCache(pinned)
        .attempt(onProgress)
        .catch(() => way.attempt(onProgress))
    },
  }
}

async function takeTurn(onProgress: OnProgress): Promise<FolderLock> {
  let hasSaidSo = false
  for (;;) {
    try {
      return await lockFolder(join(userCache(), 'building'), 'another build')
    } catch (error) {
      if (!(error instanceof FolderInUseError)) throw error
      if (!hasSaidSo) onProgress(`waiting: ${error.message}`)
      hasSaidSo = true
      await sleep(lookAgainMs)
    }
  }
}
