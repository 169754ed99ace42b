import { Counter, Gauge } from 'prom-client'
import { currentContext } from '../call-context.ts'
import { startedTelemetry } from '../started.ts'
import { isSampled, type TraceContext } from '../trace-context.ts'
import type { GaugeName } from '../vocabulary/metrics.ts'
import { BucketHistogram } from './bucket-histogram.ts'
import { Instruments, openMetricsRegistry, type Labels, type Series } from './instruments.ts'
import type { Metrics, Reading } from './metrics.ts'
import { readInTime } from './read-in-time.ts'
import { renderMetrics } from './render-metrics.ts'

export interface MetricsOptions {
  /** Put on every series, so that one scrape can answer for several services. */
  readonly labels?: Readonly<Record<string, string>>
  /** Lines of a scrape that may come of these metrics. */
  readonly maxSeries?: number
  /** How long reading a gauge may take. */
  readonly collectTimeoutMs?: number
}

interface Collector {
  readonly name: GaugeName
  readonly read: () => Promise<readonly Reading<GaugeName>[]>
}

const exemplarIntervalMs = 1000

/**
 * Makes metrics with a registry of their own. Beyond `maxSeries` lines (2,000), new combinations of labels are counted
 * together under `_OTHER`, so that no caller can make a scrape grow without end.
 */
export function createMetrics({ labels = {}, maxSeries = 2000, collectTimeoutMs = 1000 }: MetricsOptions = {}): Metrics {
  const instruments = new Instruments({ registry: openMetricsRegistry(), labels, maxSeries })
  const collectors = new Set<Collector>()

  async function collect(): Promise<void> {
    const reading = [...collectors].map(async ({ name, read }) => ({ name, readings: await readInTime(read, collectTimeoutMs) }))
    const all = await Promise.all(reading)
    for (const { name } of all) instruments.forget(name)
    for (const { name, readings } of all) {
      if (readings === undefined) metrics.count('telemetry_collect_failures_total', { metric: name })
      else for (const { labels, value } of readings) metrics.set(name, labels, value)
    }
  }

  const metrics: Metrics = {
    observe(name, labels, ...[seconds, trace = currentContext()?.trace]) {
      if (!Number.isFinite(seconds)) return
      const { recorder, series } = instruments.find(name, labels as Labels)
      if (!(recorder instanceof BucketHistogram)) return
      const seen = trace !== undefined && wantsExemplar(series, trace) ? { trace_id: trace.traceId, span_id: trace.spanId } : undefined
      recorder.observe(series.labels, seconds, seen)
    },
    count(name, labels, by = 1) {
      if (!Number.isFinite(by) || by < 0) return
      const { recorder, series } = instruments.find(name, labels as Labels)
      if (recorder instanceof Counter) recorder.inc(series.labels, by)
    },
    set(name, labels, value) {
      if (!Number.isFinite(value)) return
      const { recorder, series } = instruments.find(name, labels as Labels)
      if (recorder instanceof Gauge) recorder.set(series.labels, value)
    },
    collect(name, read) {
      const collector: Collector = { name, read: async () => (await read()) as readonly Reading<GaugeName>[] }
      collectors.add(collector)
      const close = (): void => {
        // what it read last is true no longer
        if (collectors.delete(collector)) instruments.forget(name)
      }
      return { close }
    },
    async families() {
      await collect()
      return instruments.families()
    },
    render: () => renderMetrics([metrics]),
  }
  return metrics
}

/** An exemplar is a trace that somebody can open; one for each series and second is enough to find one. */
function wantsExemplar(series: Series, trace: TraceContext): boolean {
  if (!isSampled(trace) || startedTelemetry() === undefined) return false
  const now = performance.now()
  if (now < series.nextExemplarAtMs) return false
  series.nextExemplarAtMs = now + exemplarIntervalMs
  return true
}
