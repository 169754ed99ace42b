import { setTimeout as pause } from 'node:timers/promises'
import type { Registration } from '@ashlar/discovery'
import type { Logger, ProcessMetrics } from '@observability/telemetry'
import type { Health } from './health.ts'
import type { Hosting } from './host-service.ts'
import type { HttpDoor } from './http-door.ts'
import type { OpenedFace } from './open-faces.ts'

/** What has been opened so far, of one call of `serve`. */
export interface Opened {
  readonly hostings: Hosting[]
  readonly registrations: Registration[]
  door: HttpDoor | undefined
  readonly faces: OpenedFace[]
  /** Aborted when streams are to end, so that whoever follows them goes on elsewhere. */
  readonly streams: AbortController
  processMetrics: ProcessMetrics | undefined
}

/** How long each part of a drain may take. */
export interface Patience {
  /** How long calls are still taken while callers learn that this instance goes. */
  readonly propagationMs: number
  /** How long what is in hand may then take. */
  readonly graceMs: number
}

// for what was told to give up, to roll back and to free its keys
const givingUpMs = 1_000

/**
 * Takes everything down in the order that loses nothing: not ready and out of the registry; taking calls on for the
 * propagation time, each answered with `Connection: close`, but no more messages; then streams ended, no new connections, and what is in
 * hand finished or, after the grace time, given up; at last sagas, relay and database connections. A part that fails does
 * not keep the others open: the failures are thrown at the end.
 */
export async function drain(opened: Opened, { health, logger }: { health: Health; logger: Logger }, patience: Patience): Promise<void> {
  const { hostings, registrations } = opened
  const failures: unknown[] = []
  const all = async (parts: readonly Promise<unknown>[]): Promise<void> => {
    for (const part of await Promise.allSettled(parts)) if (part.status === 'rejected') failures.push(part.reason)
  }
  logger.info({ event: 'draining' }, 'draining')
  health.drain()
  await all(registrations.map((registration) => registration.deregister()))

  const quiet = all(hostings.map((hosting) => hosting.quiesce()))
  await pause(patience.propagationMs)
  opened.streams.abort()
  const graceEndsAt = performance.now() + patience.graceMs
  const doors = [...opened.faces.map(({ face }) => face), ...(opened.door === undefined ? [] : [opened.door])]
  await all(doors.map((door) => door.close(patience.graceMs)))
  const done = Promise.all([quiet, ...hostings.map(({ work }) => work.finished())])
  if (!(await endsWithin(Math.max(0, graceEndsAt - performance.now()), done))) {
    logger.warn({ event: 'giving_up' }, 'what is in hand takes too long and is given up')
    for (const { work } of hostings) work.giveUp()
    await endsWithin(givingUpMs, done)
  }
  await all(hostings.map((hosting) => hosting.close()))
  opened.processMetrics?.close()
  logger.info({ event: 'stopped' }, 'stopped')
  if (failures.length > 0) throw new AggregateError(failures, 'not everything could be closed in good order')
}

async function endsWithin(durationMs: number, work: Promise<unknown>): Promise<boolean> {
  const ended = new AbortController()
  const late = pause(durationMs, 'late', { signal: ended.signal }).catch(() => 'ended')
  const first = await Promise.race([work.then(() => 'done'), late])
  ended.abort()
  return first === 'done'
}
