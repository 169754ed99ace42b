import { setTimeout as pause } from 'node:timers/promises'
import { releaseClaim, type ClaimRequest } from '@ashlar/persistence'
import type { Hosted } from './hosted.ts'

const lookEveryMs = 500

/**
 * Frees the idempotency key of a deed that failed, so that its caller may repeat it at once. Where the database is away,
 * which may be why the deed failed, the key is freed in the background as soon as it is back; a process that ends before
 * leaves that to the end of the lease. Never throws.
 */
export async function freeKey(hosted: Hosted, held: ClaimRequest): Promise<void> {
  try {
    await releaseClaim(hosted.database, held)
  } catch (error) {
    hosted.logger.warn({ err: error }, 'an idempotency key stays taken until the database is back')
    void hosted.work.track(freeLater(hosted, held))
  }
}

async function freeLater({ database, work }: Hosted, held: ClaimRequest): Promise<void> {
  const leaseEndsAt = performance.now() + held.leaseMs
  while (!work.signal.aborted && performance.now() < leaseEndsAt) {
    await pause(lookEveryMs, undefined, { signal: work.signal }).catch(() => undefined)
    const isFree = await releaseClaim(database, held).then(
      () => true,
      () => false,
    )
    if (isFree) return
  }
}
