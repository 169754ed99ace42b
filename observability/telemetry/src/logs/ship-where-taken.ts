import { setTimeout as sleep } from 'node:timers/promises'
import type { DropReason } from '../started.ts'
import type { Settings } from '../start/settings.ts'
import { post } from '../otlp/post.ts'
import { shipLines, type LineShipper } from './ship-lines.ts'
import { takesNone } from '../otlp/takes-none.ts'

/** Sends lines while somebody takes them, by a worker that is there only then. */
export interface LineOutlet {
  /** Takes so many lines, each ended by a newline; counts them as `not_listening` while nobody wants them. */
  take(lines: string, count: number): void
  dropped(): Readonly<Partial<Record<DropReason, number>>>
  waiting(): number
  /** Sends what was taken so far, as a shipper does. */
  flush(): Promise<void>
  /** Told that somebody listens: asks whether they take logs, and again now and then if they do not. Resolves when they have answered, after a second at most. */
  begin(): Promise<void>
  /** Told that nobody listens: lets the worker go. */
  end(): void
  close(): Promise<void>
}

export interface OutletOptions {
  readonly url: URL
  readonly settings: Settings
  /** Called when lines could not be delivered. */
  readonly onFailure: () => void
  /** How long to wait before asking somebody again who takes no logs. */
  readonly askEveryMs?: number
}

const patienceMs = 1000
// the empty message
const noLines = new Uint8Array()

/** Opens an outlet: it starts no worker, 16 to 28 MB, for somebody who takes traces only. It keeps no process alive. */
export function shipWhereTaken({ url, settings, onFailure, askEveryMs = 10_000 }: OutletOptions): LineOutlet {
  const { headers, timeoutMs } = settings
  const counted = { not_listening: 0, queue_full: 0, export_failed: 0 }
  const leaving = new Map<LineShipper, Promise<void>>()
  let shipper: LineShipper | undefined
  let listening: AbortController | undefined
  let timer: NodeJS.Timeout | undefined

  async function ask({ signal }: AbortController): Promise<void> {
    const status = await post(url.href, { headers, timeoutMs, body: noLines, signal }).catch(() => 0)
    if (signal.aborted) return
    // whoever answers anything else takes logs, if not now or not ours: that is seen by what becomes of them
    if (status === 0 || takesNone(status)) return askLater()
    const started = shipLines({ url, settings, onFailure, onUnwanted: () => unwanted(started) })
    shipper = started
  }

  function askLater(): void {
    timer = setTimeout(() => void (listening === undefined ? undefined : ask(listening)), askEveryMs).unref()
  }

  /** Two may listen one after the other at the same port, and the second takes no logs. */
  function unwanted(by: LineShipper): void {
    if (shipper !== by) return
    letGo()
    askLater()
  }

  function letGo(): void {
    if (shipper !== undefined) leaving.set(shipper, leave(shipper))
    shipper = undefined
  }

  async function leave(left: LineShipper): Promise<void> {
    await left.close('may-end')
    leaving.delete(left)
    for (const [reason, lines] of Object.entries(left.dropped())) counted[reason as DropReason] += lines
  }

  function end(): void {
    listening?.abort()
    listening = undefined
    clearTimeout(timer)
    letGo()
  }

  const shippers = (): LineShipper[] => [...leaving.keys(), ...(shipper === undefined ? [] : [shipper])]
  const summed = (reason: DropReason): number => shippers().reduce((sum, each) => sum + (each.dropped()[reason] ?? 0), counted[reason])

  return {
    take(lines, count) {
      if (shipper === undefined) counted.not_listening += count
      else shipper.take(lines, count)
    },
    dropped: () => ({
      not_listening: counted.not_listening,
      queue_full: summed('queue_full'),
      export_failed: summed('export_failed'),
    }),
    waiting: () => shippers().reduce((sum, each) => sum + each.waiting(), 0),
    async flush() {
      await shipper?.flush()
    },
    async begin() {
      end()
      listening = new AbortController()
      await Promise.race([ask(listening), sleep(patienceMs, undefined, { ref: false })])
    },
    end,
    async close() {
      await shipper?.flush()
      end()
      await Promise.all(leaving.values())
    },
  }
}
