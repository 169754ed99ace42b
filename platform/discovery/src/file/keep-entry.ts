import type { Logger } from '@observability/telemetry'
import { pause } from '../pause.ts'
import { probeReadiness } from '../probe-readiness.ts'
import { afterProbe } from '../readiness-gate.ts'
import type { Instance, Registration } from '../registry.ts'
import { heartbeatMs, ownEntry } from './entry.ts'
import { entryFile, removeFile, touchEntry, writeEntry } from './entry-file.ts'

interface KeeperNeeds {
  readonly root: string
  readonly logger: Logger
  readonly checkIntervalMs: number
}

/**
 * Writes an instance's entry, touches it every second, asks the instance whether it is ready and writes that down too. An entry
 * that was lost is written again. Resolves although the folder is out of reach, and goes on trying.
 */
export async function keepEntry(instance: Instance, { root, logger, checkIntervalMs }: KeeperNeeds): Promise<Registration> {
  const file = entryFile(root, instance)
  const stopping = new AbortController()
  let readiness = { isReady: (await probeReadiness(instance)) === 'ready', contradictions: 0 }
  let isWritten = false
  let isAway = false
  await beat()
  const kept = keep()
  let gone: Promise<void> | undefined
  return { deregister: () => (gone ??= leave()) }

  async function keep(): Promise<void> {
    let probeAt = performance.now() + checkIntervalMs
    while (!stopping.signal.aborted) {
      await pause(Math.min(heartbeatMs, checkIntervalMs), stopping.signal)
      if (stopping.signal.aborted) return
      if (performance.now() >= probeAt) {
        probeAt = performance.now() + checkIntervalMs
        await probe()
      }
      await beat()
    }
  }

  async function probe(): Promise<void> {
    const before = readiness.isReady
    readiness = afterProbe(readiness, await probeReadiness(instance))
    if (readiness.isReady !== before) isWritten = false
  }

  async function beat(): Promise<void> {
    try {
      // a touch that fails means that somebody removed the file: it is written again
      if (isWritten)
        isWritten = await touchEntry(file).then(
          () => true,
          () => false,
        )
      if (!isWritten) await writeEntry(file, ownEntry(instance, readiness.isReady))
      isWritten = true
      isAway = false
    } catch (error) {
      if (!isAway) logger.warn({ registered: instance.service, err: error }, 'the registry cannot be told of this instance for now')
      isAway = true
    }
  }

  async function leave(): Promise<void> {
    stopping.abort()
    // a heartbeat under way must not bring the file back
    await kept
    await removeFile(file)
  }
}
