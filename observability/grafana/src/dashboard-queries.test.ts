import { metricVocabulary } from '@observability/telemetry'
import { describe, expect, it } from 'vitest'
import { dashboardQueries } from './dashboard-queries.ts'
import { queryFaults } from './testing/query-faults.ts'
import { readQuery } from './testing/read-query.ts'

const queries = await dashboardQueries()
const ofPrometheus = queries.filter(({ source }) => source === 'prom')
const namesIn = (expr: string): string[] => (readQuery(expr) ?? []).map(({ name }) => name)

it('finds the queries of all three dashboards, logs among them', () => {
  expect([...new Set(queries.map(({ dashboard }) => dashboard))]).toEqual(['messaging-and-sagas', 'runtime', 'services'])
  expect(queries.filter(({ source }) => source === 'loki').map(({ expr }) => expr)).toContain(
    '{service_name=~".+"} | severity_text=~"WARN|ERROR|FATAL"',
  )
})

it.each(ofPrometheus.map(({ dashboard, panel, refId, expr }) => [`${dashboard}: ${panel} ${refId}`, expr] as const))(
  '%s asks what the vocabulary can answer',
  (_where, expr) => {
    expect(queryFaults(expr)).toEqual([])
  },
)

it('shows every metric there is on some dashboard', () => {
  const shown = new Set(ofPrometheus.flatMap(({ expr }) => namesIn(expr)).map((name) => name.replace(/_(bucket|count)$/, '')))
  // one whose own name ends as a histogram's series do
  const missing = Object.keys(metricVocabulary).filter((name) => !shown.has(name) && !shown.has(name.replace(/_count$/, '')))
  expect(missing).toEqual([])
})

it('leads from every latency to traces, but for pauses, which belong to none', () => {
  const silent = ofPrometheus.filter(({ expr, hasExemplars }) => expr.startsWith('histogram_quantile') && !hasExemplars)
  expect(silent.map(({ panel }) => panel)).toEqual(['Garbage, longest pause in a hundred', 'Operations now'])
})

it('says which panels may be empty while all goes well', () => {
  const quiet = ofPrometheus.filter(({ mayBeQuiet }) => mayBeQuiet).map(({ panel }) => panel)
  expect(quiet).toContain('Given up')
  expect(quiet).not.toContain('Calls')
})

it('puts the values asked for into the queries', async () => {
  const [calls] = (await dashboardQueries({ service: 'orders', __rate_interval: '20s' })).filter(({ panel }) => panel === 'Calls')
  expect(calls?.expr).toBe('sum by (service) (rate(rpc_server_call_duration_seconds_count{service=~"orders"}[20s]))')
})

describe('a query that nothing could answer', () => {
  it.each([
    ['sum(rate(orders_lost_total[1m]))', 'no metric is called orders_lost_total'],
    ['sum(rate(rpc_server_call_duration_seconds[1m]))', 'no metric is called rpc_server_call_duration_seconds'],
    ['saga_instances_bucket', 'no metric is called saga_instances_bucket'],
    ['sum by (customer) (saga_instances)', 'saga_instances has no label customer'],
    ['saga_instances{le="1"}', 'saga_instances has no label le'],
    ['saga_instances{status=~"running|lost"}', 'status is never lost'],
    ['sum(rate(saga_ended_total[1m])', 'it is not PromQL: sum(rate(saga_ended_total[1m])'],
  ])('%s is found out', (promql, fault) => {
    expect(queryFaults(promql)).toEqual([fault])
  })
})
