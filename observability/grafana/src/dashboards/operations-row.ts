import { RowBuilder, type DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { linesOf, tracesOf } from '../panels/explore-links.ts'
import { graph } from '../panels/graph.ts'
import { latestTable } from '../panels/latest-table.ts'
import { now, perSecond, quantile, share } from '../promql/expressions.ts'
import { metric } from '../promql/metric.ts'

const service = { chosen: 'service' } as const
const operation = { chosen: 'operation' } as const
const answered = 'rpc_server_call_duration_seconds'

/** Adds the operations chosen: how often they were called and by whom, what was answered, how long it took. */
export function addOperations(dashboard: DashboardBuilder, faultCodes: readonly string[]): void {
  const chosen = metric(answered, { service, rpc_method: operation })
  const failed = metric(answered, { service, rpc_method: operation, rpc_response_status_code: { anyOf: faultCodes } })
  const of = ['service', 'rpc_method'] as const
  const calls = perSecond(chosen, of)
  const slowest = quantile(0.95, chosen, of)
  const faults = share(perSecond(failed, of), calls)
  dashboard
    .withRow(new RowBuilder('Operations'))
    .withPanel(
      graph({
        title: 'Calls of $operation',
        explains: 'Calls of each operation.',
        unit: 'per second',
        lines: [{ expr: calls, legend: '{{rpc_method}}' }],
        links: [tracesOf('rpc_method'), linesOf()],
      }),
    )
    .withPanel(
      graph({
        title: 'Answers, by code',
        explains: 'What the calls were answered with: OK, refusals that the contract declares, faults.',
        unit: 'per second',
        lines: [
          {
            expr: perSecond(chosen, [...of, 'rpc_response_status_code']),
            legend: '{{rpc_method}} {{rpc_response_status_code}}',
          },
        ],
        links: [tracesOf('rpc_method'), linesOf()],
      }),
    )
    .withPanel(
      graph({
        title: 'Half the calls, and the slowest in twenty',
        explains: 'Time that half of the calls, and all but one in twenty, stayed below. A dot opens the trace of a call.',
        unit: 'seconds',
        lines: [
          { expr: quantile(0.5, chosen, of), legend: '{{rpc_method}} half' },
          { expr: slowest, legend: '{{rpc_method}} 95 %' },
        ],
        exemplars: 'shown',
        links: [tracesOf('rpc_method'), linesOf()],
      }),
    )
    .withPanel(
      graph({
        title: 'Who calls',
        explains: 'Calls by who made them.',
        unit: 'per second',
        lines: [{ expr: perSecond(chosen, ['service', 'caller']), legend: '{{caller}} → {{service}}' }],
        stacked: 'stacked',
      }),
    )
    .withPanel(
      graph({
        title: 'Calls of what will go',
        whenQuiet: 'Nobody calls what is deprecated.',
        explains: 'Calls of deprecated operations, by who made them: when there are none, the operation can go.',
        unit: 'per second',
        lines: [
          {
            expr: perSecond(metric('rpc_server_deprecated_calls_total', { service, rpc_method: operation }), ['rpc_method', 'caller']),
            legend: '{{caller}} → {{rpc_method}}',
          },
        ],
      }),
    )
    .withPanel(
      graph({
        title: 'As callers see it, the slowest in twenty',
        explains: 'Time from making a call to its answer, attempts included. Far above what the service sees: look at the way between.',
        unit: 'seconds',
        lines: [
          {
            expr: quantile(0.95, metric('rpc_client_call_duration_seconds', { rpc_method: operation }), of),
            legend: '{{service}} → {{rpc_method}}',
          },
        ],
        exemplars: 'shown',
        links: [tracesOf('any'), linesOf()],
      }),
    )
    .withPanel(
      graph({
        title: 'Open streams',
        whenQuiet: 'No operation chosen is a subscription.',
        explains: 'Subscriptions being answered.',
        unit: 'count',
        lines: [
          {
            expr: now('sum', metric('rpc_server_open_streams', { service, rpc_method: operation }), of),
            legend: '{{rpc_method}}',
          },
        ],
      }),
    )
    .withPanel(
      graph({
        title: 'Streams that ended',
        whenQuiet: 'No stream ended.',
        explains: 'Subscriptions that ended: finished, left by their caller, ended by a bound or a stop, failed.',
        unit: 'per second',
        lines: [
          {
            expr: perSecond(metric('rpc_server_ended_streams_total', { service, rpc_method: operation }), ['rpc_method', 'outcome']),
            legend: '{{rpc_method}} {{outcome}}',
          },
        ],
      }),
    )
    .withPanel(
      latestTable({
        title: 'Operations now',
        explains: 'Each operation that was called in the time shown.',
        rows: { service: 'Service', rpc_method: 'Operation' },
        columns: [
          { heading: 'Calls', expr: calls, unit: 'cps' },
          { heading: 'Faults', expr: faults, unit: 'percentunit' },
          { heading: 'Slowest in twenty', expr: slowest, unit: 's' },
        ],
      }),
    )
}
