import { RowBuilder, type DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { linesOf, tracesOf } from '../panels/explore-links.ts'
import { graph } from '../panels/graph.ts'
import { perSecond, quantile, share } from '../promql/expressions.ts'
import { metric } from '../promql/metric.ts'

const service = { chosen: 'service' } as const
const operation = { chosen: 'operation' } as const
const atDoor = 'http_server_request_duration_seconds'
const links = [tracesOf('any'), linesOf()]
const doorFaults = ['500', '501', '502', '503', '504'] as const

/** Adds what the gateway was asked, how often it failed, how long it took. */
export function addDoor(dashboard: DashboardBuilder): void {
  const route = ['service', 'http_request_method', 'http_route'] as const
  const requests = perSecond(metric(atDoor), route)
  const faults = perSecond(metric(atDoor, { http_response_status_code: { anyOf: doorFaults } }), route)
  const legend = '{{http_request_method}} {{http_route}}'
  dashboard
    .withRow(new RowBuilder('At the door'))
    .withPanel(
      graph({
        title: 'Requests',
        explains: 'Requests the gateway answered.',
        unit: 'per second',
        lines: [{ expr: requests, legend }],
        links,
      }),
    )
    .withPanel(
      graph({
        title: 'Faults at the door',
        explains: 'Share of requests answered with 500 and above; and requests turned away because their caller made too many.',
        unit: 'share',
        lines: [{ expr: share(faults, requests), legend }],
        links,
        worryAbove: 0.02,
      }),
    )
    .withPanel(
      graph({
        title: 'Slowest request in twenty',
        explains: 'Time that all but one request in twenty stayed below. A dot opens the trace of a request.',
        unit: 'seconds',
        lines: [{ expr: quantile(0.95, metric(atDoor), route), legend }],
        exemplars: 'shown',
        links,
      }),
    )
    .withPanel(
      graph({
        title: 'Turned away',
        whenQuiet: 'Nobody was turned away.',
        explains: 'Requests of callers who had made too many, by the limit they met.',
        unit: 'per second',
        lines: [{ expr: perSecond(metric('rate_limited_requests_total'), ['service', 'limit']), legend: '{{limit}}' }],
        links: [linesOf()],
        width: 12,
      }),
    )
    .withPanel(
      graph({
        title: 'Answered as before',
        whenQuiet: 'No call came again.',
        explains: 'Calls that came again under a key, and were given the first answer.',
        unit: 'per second',
        lines: [
          {
            expr: perSecond(metric('idempotent_replays_total', { service, rpc_method: operation }), ['rpc_method']),
            legend: '{{rpc_method}}',
          },
        ],
        width: 12,
      }),
    )
}
