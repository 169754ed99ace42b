import { RowBuilder, type DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { linesOf, tracesOf } from '../panels/explore-links.ts'
import { graph } from '../panels/graph.ts'
import { logLines } from '../panels/log-lines.ts'
import { perSecond, quantile, share } from '../promql/expressions.ts'
import { metric } from '../promql/metric.ts'
import type { ShopSeen } from '../shop-seen.ts'
import { board } from './board.ts'
import { addDoor } from './door-row.ts'
import { addOperations } from './operations-row.ts'
import { choiceOf } from './variables.ts'

const service = { chosen: 'service' } as const
const answered = 'rpc_server_call_duration_seconds'

/** Rate, errors and duration of every service and operation, and of the gateway. */
export function servicesBoard({ services, faultCodes }: ShopSeen): DashboardBuilder {
  const names = [...services.map(({ name }) => name), 'gateway']
  const operations = services.flatMap((each) => each.operations)
  const dashboard = board('services', 'Services (RED)', 'How often each service is asked, how often it fails, how long it takes.')
    .withVariable(choiceOf('service', 'Service', names))
    .withVariable(choiceOf('operation', 'Operation', operations))
  addServices(dashboard, faultCodes)
  addDoor(dashboard)
  addOperations(dashboard, faultCodes)
  return dashboard.withRow(new RowBuilder('Log')).withPanel(
    logLines({
      title: 'Errors and warnings',
      whenQuiet: 'None.',
      explains: 'What the chosen services said of it. A line opens its trace by trace_id.',
      expr: '{service_name=~"$service"} | severity_text=~"WARN|ERROR|FATAL"',
    }),
  )
}

function addServices(dashboard: DashboardBuilder, faultCodes: readonly string[]): void {
  const calls = perSecond(metric(answered, { service }), ['service'])
  const faults = perSecond(metric(answered, { service, rpc_response_status_code: { anyOf: faultCodes } }), ['service'])
  dashboard
    .withRow(new RowBuilder('Services'))
    .withPanel(
      graph({
        title: 'Calls',
        explains: 'Calls each service answered.',
        unit: 'per second',
        lines: [{ expr: calls, legend: '{{service}}' }],
        links: [tracesOf('any'), linesOf()],
      }),
    )
    .withPanel(
      graph({
        title: 'Faults',
        explains: 'Share of calls answered with a fault of the service’s own. Refusals, such as a declined card, are none.',
        unit: 'share',
        lines: [{ expr: share(faults, calls), legend: '{{service}}' }],
        links: [tracesOf('any'), linesOf(' | severity_text=~"WARN|ERROR|FATAL"')],
        worryAbove: 0.02,
      }),
    )
    .withPanel(
      graph({
        title: 'Slowest call in twenty',
        explains: 'Time that all but one call in twenty stayed below. A dot opens the trace of a call.',
        unit: 'seconds',
        lines: [{ expr: quantile(0.95, metric(answered, { service }), ['service']), legend: '{{service}}' }],
        exemplars: 'shown',
        links: [tracesOf('any'), linesOf()],
        worryAbove: 0.5,
      }),
    )
}
