import type { Logger } from '@observability/telemetry'
import { join } from 'node:path'
import { believe } from '../known-instances.ts'
import type { Instance, ServiceWatch } from '../registry.ts'
import { createAlarm } from './alarm.ts'
import { heartbeatMs, staleAfterMs } from './entry.ts'
import { makeFolder } from './entry-file.ts'
import { noticeChanges } from './notice-changes.ts'
import { scanFolder } from './scan-folder.ts'

interface WatchNeeds {
  readonly root: string
  readonly logger: Logger
}

/**
 * Keeps what is known of one service fresh: at once when its folder changes, once a second in any case. After the folder could
 * not be read, an instance it no longer lists is kept until living registrants have had time to come back.
 */
export function watchFolder(service: string, { root, logger }: WatchNeeds): ServiceWatch {
  const folder = join(root, service)
  const ready = Promise.withResolvers<void>()
  const stopping = new AbortController()
  const alarm = createAlarm()
  const notices = noticeChanges(folder, () => alarm.ring())
  let known: readonly Instance[] = []
  let isAway = false
  let doubtUntil = -Infinity
  void follow()
  return {
    ready: ready.promise,
    instances: () => known,
    close() {
      stopping.abort()
      alarm.ring()
    },
  }

  async function follow(): Promise<void> {
    await makeFolder(folder).catch(() => undefined)
    while (!stopping.signal.aborted) {
      notices.listen()
      await look()
      await alarm.wait(heartbeatMs)
    }
    notices.close()
    ready.resolve()
  }

  async function look(): Promise<void> {
    try {
      const heard = await scanFolder(folder)
      if (isAway) {
        doubtUntil = performance.now() + staleAfterMs
        logger.info({ watched: service }, 'the registry answers again')
      }
      isAway = false
      known = believe(known, heard, performance.now() < doubtUntil ? 'doubted' : 'trusted')
      ready.resolve()
    } catch (error) {
      if (!isAway) logger.warn({ watched: service, kept: known.length, err: error }, 'the registry is away')
      isAway = true
      notices.close()
    }
  }
}
