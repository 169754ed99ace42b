import { setTimeout as sleep } from 'node:timers/promises'
import { metrics, trace } from '@opentelemetry/api'
import type { Telemetry } from '@observability/telemetry'
import { serveSide, type Work } from '../serve-side.ts'

/** Lets the benchmark ask this process for its work: besides that of every side, `flush`. */
export function serveBenchmark(work: Work, telemetry: Telemetry | undefined): void {
  serveSide({ ...work, flush: () => flush(telemetry) })
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
