import { Worker } from 'node:worker_threads'
import type { DropReason } from '../started.ts'
import type { Settings } from '../start/settings.ts'

/** Lines of log on their way to a worker: what it is told, and what it tells. */
export interface LineBatch {
  readonly count: number
  /** Texts of many lines, each ended by a newline: a few texts are handed over at a fraction of what a list of lines costs. */
  readonly texts: readonly string[]
}

export interface BatchDone {
  readonly lines: number
  /** `unwanted` when whoever listens takes no logs at all. */
  readonly outcome: 'delivered' | 'failed' | 'unwanted'
}

/** Hands lines to a worker that sends them. */
export interface LineShipper {
  /** Takes so many lines, each ended by a newline. */
  take(lines: string, count: number): void
  dropped(): Readonly<Partial<Record<DropReason, number>>>
  waiting(): number
  /**
   * Resolves when all lines taken so far have been sent or given up, or when the collector has had its time to answer. Having
   * waited in vain it does not wait again before something moves, so that the end of a process is late once at most.
   */
  flush(): Promise<void>
  /** Flushes and ends the worker. When the process `may-end` meanwhile it does not wait for that. */
  close(process?: 'waits' | 'may-end'): Promise<void>
}

export interface ShipperOptions {
  readonly url: URL
  readonly settings: Settings
  /** Called when lines could not be delivered. */
  readonly onFailure: () => void
  /** Called when whoever listens takes no logs. */
  readonly onUnwanted: () => void
}

// well below 128 KiB: V8 keeps what is larger in memory that it asks the system for each time
const batchLines = 256
const longestDelayMs = 1000
const maxLinesOnTheWay = 8192

/** Starts the worker. It keeps no process alive; lines beyond 8,192 on the way are dropped and counted. */
export function shipLines({ url, settings, onFailure, onUnwanted }: ShipperOptions): LineShipper {
  const { headers, timeoutMs, resource, batch } = settings
  const worker = new Worker(new URL('post-lines.worker.ts', import.meta.url), {
    workerData: { url: url.href, headers, timeoutMs, resource },
    // not --import of the process: a worker would start workers
    execArgv: [],
    // every process of a shop may have one: with a small nursery it holds 10 MB less
    resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 },
  })
  let waiting: string[] = []
  const dropped = { queue_full: 0, export_failed: 0 }
  let waitingLines = 0
  let onTheWay = 0
  let isDead = false
  let isOverdue = false
  let timer: NodeJS.Timeout | undefined
  let settled: PromiseWithResolvers<void> | undefined

  worker.on('message', ({ lines, outcome }: BatchDone) => {
    onTheWay -= lines
    isOverdue = false
    if (outcome !== 'delivered') dropped.export_failed += lines
    if (onTheWay === 0) settled?.resolve()
    if (outcome === 'failed') onFailure()
    if (outcome === 'unwanted') onUnwanted()
  })
  // a worker that died takes no more; the process goes on without
  worker.on('error', () => lost())
  worker.on('exit', () => lost())
  // last: to listen to a worker is to wait for it again
  worker.unref()

  function lost(): void {
    dropped.export_failed += onTheWay
    onTheWay = 0
    isDead = true
    settled?.resolve()
  }

  function post(): void {
    clearTimeout(timer)
    timer = undefined
    if (waitingLines > 0) worker.postMessage({ count: waitingLines, texts: waiting } satisfies LineBatch, [])
    if (isDead) dropped.export_failed += waitingLines
    else onTheWay += waitingLines
    waiting = []
    waitingLines = 0
  }

  async function flush(process: 'waits' | 'may-end'): Promise<void> {
    post()
    if (onTheWay === 0 || isOverdue) return
    settled ??= Promise.withResolvers()
    const patience = setTimeout(() => {
      isOverdue = true
      settled?.resolve()
    }, timeoutMs)
    if (process === 'waits') worker.ref()
    else patience.unref()
    await settled.promise
    worker.unref()
    clearTimeout(patience)
    settled = undefined
  }

  return {
    take(lines, count) {
      if (isDead || onTheWay + waitingLines + count > maxLinesOnTheWay) {
        dropped[isDead ? 'export_failed' : 'queue_full'] += count
        return
      }
      waiting.push(lines)
      waitingLines += count
      if (waitingLines >= batchLines) post()
      else timer ??= setTimeout(post, Math.min(longestDelayMs, batch.scheduledDelayMillis)).unref()
    },
    dropped: () => dropped,
    waiting: () => onTheWay + waitingLines,
    flush: () => flush('waits'),
    async close(process = 'waits') {
      await flush(process)
      await worker.terminate()
    },
  }
}
