import {
  constants,
  monitorEventLoopDelay,
  performance,
  PerformanceObserver,
  type EventLoopUtilization,
  type PerformanceEntry,
} from 'node:perf_hooks'
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8'
import { startedTelemetry, type DropReason } from '../started.ts'
import type { LabelValue } from '../vocabulary/labels.ts'
import { createMetrics } from './create-metrics.ts'
import type { Metrics } from './metrics.ts'

/** What a process is seen by, whatever services it holds: event loop, memory, garbage collection, processor time. */
export interface ProcessMetrics {
  readonly metrics: Metrics
  close(): void
  [Symbol.dispose](): void
}

const gcTypes = new Map<unknown, LabelValue<'v8js_gc_type'>>([
  [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weakcb'],
])
const nanosecond = 1e-9
const resolutionMs = 10

/** Watches the process: once for each, beside the metrics of its services. Values since the last reading suit one reader. */
export function openProcessMetrics(): ProcessMetrics {
  const metrics = createMetrics()
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  const collections = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { readonly detail?: { readonly kind?: number } })[]) {
      const type = gcTypes.get(entry.detail?.kind)
      if (type !== undefined) metrics.observe('v8js_gc_duration_seconds', { v8js_gc_type: type }, entry.duration / 1000)
    }
  })
  collections.observe({ entryTypes: ['gc'] })

  watchLoop(metrics, delay)
  watchMemory(metrics)
  watchProcessor(metrics)
  watchDroppedLines(metrics)
  const close = (): void => {
    delay.disable()
    collections.disconnect()
  }
  return { metrics, close, [Symbol.dispose]: close }
}

function watchLoop(metrics: Metrics, delay: ReturnType<typeof monitorEventLoopDelay>): void {
  let before: EventLoopUtilization = performance.eventLoopUtilization()
  metrics.collect('nodejs_eventloop_utilization_ratio', () => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    return one(utilization)
  })
  // the three are read together, and the last begins anew; what is measured is the timer's lateness beyond its own period
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds * nanosecond - resolutionMs / 1000)
  metrics.collect('nodejs_eventloop_delay_p50_seconds', () => one(late(delay.percentile(50))))
  metrics.collect('nodejs_eventloop_delay_p99_seconds', () => one(late(delay.percentile(99))))
  metrics.collect('nodejs_eventloop_delay_max_seconds', () => {
    const longest = late(delay.max)
    delay.reset()
    return one(longest)
  })
}

function watchMemory(metrics: Metrics): void {
  metrics.collect('process_memory_usage_bytes', () => one(process.memoryUsage.rss()))
  metrics.collect('v8js_memory_heap_limit_bytes', () => one(getHeapStatistics().heap_size_limit))
  metrics.collect('v8js_memory_heap_used_bytes', () =>
    getHeapSpaceStatistics().map(({ space_name, space_used_size }) => ({
      labels: { v8js_heap_space_name: space_name },
      value: space_used_size,
    })),
  )
}

function watchProcessor(metrics: Metrics): void {
  let before = { user: 0, system: 0 }
  metrics.collect('process_uptime_seconds', () => {
    const { user, system } = process.cpuUsage()
    metrics.count('process_cpu_time_seconds_total', { cpu_mode: 'user' }, (user - before.user) / 1e6)
    metrics.count('process_cpu_time_seconds_total', { cpu_mode: 'system' }, (system - before.system) / 1e6)
    before = { user, system }
    return one(process.uptime())
  })
  metrics.collect('process_open_resources', () => one(process.getActiveResourcesInfo().length))
}

/** Loggers have no metrics of their own: who sends their lines keeps count. */
function watchDroppedLines(metrics: Metrics): void {
  const before = new Map<string, number>()
  metrics.collect('telemetry_log_lines_waiting', () => {
    const started = startedTelemetry()
    for (const [reason, lines = 0] of Object.entries(started?.droppedLines() ?? {})) {
      metrics.count('telemetry_log_lines_dropped_total', { reason: reason as DropReason }, lines - (before.get(reason) ?? 0))
      before.set(reason, lines)
    }
    return one(started?.waitingLines() ?? 0)
  })
}

function one(value: number): readonly [{ labels: {}; value: number }] {
  return [{ labels: {}, value }]
}
