import { dashboardQueries, type DashboardQuery } from '@observability/grafana'
import { metricVocabulary, type MetricName } from '@observability/telemetry'
import { describe, expect, it, vi } from 'vitest'
import { patiently } from './ask-stack.ts'
import type { Seen } from './seen-shop.ts'

const queries = await dashboardQueries()
const titled = queries.map((query) => [`${query.dashboard}: ${query.panel} ${query.refId}`, query] as const)

/** Panels about what should not happen, of which the journeys here make it happen. */
const disturbed = new Set(['Given up', 'Turned away', 'Answered as before', 'Errors and warnings', 'Messages that did not go well'])

/** Metrics that have no series until something happens that a test cannot bring about without breaking the others. */
const untilThen: Partial<Record<MetricName, string>> = {
  rpc_server_ended_streams_total: 'somebody follows an order',
  rpc_server_deprecated_calls_total: 'an operation is deprecated, and somebody calls it',
  messaging_redeliveries_total: 'a consumer failed, or its process ended in the middle of a message',
  telemetry_log_lines_dropped_total: 'lines were lost on their way to the collector',
  telemetry_series_refused_total: 'a service had 2,000 series',
  telemetry_collect_failures_total: 'a database did not answer a scrape',
}

/** What people look at, asked of real servers. */
export function dashboards({ answers }: Seen): void {
  const numbersOf = async ({ source, expr }: DashboardQuery): Promise<number> => {
    if (source === 'loki') return (await answers.lines(expr)).length
    const series = await answers.lately(expr)
    return series.flatMap(({ values }) => values).filter((value) => Number.isFinite(value)).length
  }

  describe('dashboards', () => {
    it.each(titled)('%s', async (_title, query) => {
      if (query.mayBeQuiet && !disturbed.has(query.panel)) {
        // Whether it is understood; what it tells is that nothing is wrong.
        await numbersOf(query)
        return
      }
      await vi.waitFor(async () => expect(await numbersOf(query), `${query.expr} has no data`).toBeGreaterThan(0), patiently)
    })

    it('have every metric of the vocabulary to show, but for what did not happen', async () => {
      const names = await answers.prometheus<string[]>('/api/v1/label/__name__/values')
      const bare = new Set(names.map((name) => name.replace(/_(?:bucket|count|sum)$/, '')))
      const missing = Object.keys(metricVocabulary).filter((name) => !bare.has(name) && !names.includes(name))
      expect(missing.filter((name) => !(name in untilThen))).toEqual([])
    })
  })
}
