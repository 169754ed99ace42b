import { setTimeout as sleep } from 'node:timers/promises'
import { metrics, trace } from '@opentelemetry/api'
import type { Telemetry } from '@observability/telemetry'

/** What a process has used since its start, all its threads together. */
export interface Usage {
  readonly cpuMicros: number
  readonly rssBytes: number
}

type Work = (words: never) => Promise<unknown>

/**
 * Lets the benchmark ask this process for its work, one thing at a time: `usage`, `flush` and what it does besides. It ends
 * with the benchmark.
 */
export function serveBenchmark(work: Readonly<Record<string, Work>>, telemetry: Telemetry | undefined): void {
  const all: Readonly<Record<string, Work>> = { ...work, usage: () => Promise.resolve(usage()), flush: () => flush(telemetry) }
  // Ctrl-C reaches all; the benchmark decides
  process.on('SIGINT', () => undefined)
  process.on('disconnect', () => process.exit())
  process.on('message', ({ asked, words }: { asked: string; words: never }) => {
    const doing = all[asked]?.(words) ?? Promise.reject(new TypeError(`nobody here does ${asked}`))
    doing.then(
      (answer) => process.send?.({ answer }),
      (error: unknown) => process.send?.({ failure: String(error) }),
    )
  })
}

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  return { cpuMicros: user + system, rssBytes: process.memoryUsage.rss() }
}

/** Sends what is held, whoever holds it: it belongs to the cost of the calls before. */
async function flush(telemetry: Telemetry | undefined): Promise<void> {
  // lines for standard output leave after 20 ms
  await Promise.all([telemetry?.close(), sleep(30)])
  for (const provider of [trace.getTracerProvider(), metrics.getMeterProvider()]) await flushable(provider).forceFlush?.()
}

function flushable(provider: object): { forceFlush?(): Promise<void> } {
  return 'getDelegate' in provider ? (provider as { getDelegate(): object }).getDelegate() : provider
}
