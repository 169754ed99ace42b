import { RowBuilder, type DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { now, perSecond, quantile } from '../promql/expressions.ts'
import { metric } from '../promql/metric.ts'
import type { ShopSeen } from '../shop-seen.ts'
import { board } from './board.ts'
import { each, here, line, panel } from './of-instances.ts'
import { addPool } from './pool-row.ts'
import { addTelemetry } from './telemetry-row.ts'
import { choiceOf, seenIn } from './variables.ts'

/** What the processes themselves are doing: event loop, memory, collector of garbage, pools, and the telemetry's own losses. */
export function runtimeBoard({ services }: ShopSeen): DashboardBuilder {
  const names = [...services.map(({ name }) => name), 'gateway']
  const dashboard = board('runtime', 'Runtime', 'What the processes themselves are doing.')
    .withVariable(choiceOf('service', 'Service', names))
    .withVariable(seenIn('instance', 'instance', metric('process_uptime_seconds', { service: here.service })))
  addProcess(dashboard)
  addMemory(dashboard)
  addPool(dashboard)
  addTelemetry(dashboard)
  return dashboard
}

function addProcess(dashboard: DashboardBuilder): void {
  dashboard
    .withRow(new RowBuilder('Processes'))
    .withPanel(
      panel({
        title: 'Event loop, share of time busy',
        explains: 'Near 1 the process can take no more: everything waits.',
        unit: 'share',
        lines: [line('nodejs_eventloop_utilization_ratio')],
        worryAbove: 0.9,
      }),
    )
    .withPanel(
      panel({
        title: 'Event loop, delay',
        explains: 'How late turns of the event loop were: half of them, all but one in a hundred, the latest.',
        unit: 'seconds',
        lines: [
          line('nodejs_eventloop_delay_p50_seconds', '{{instance}} half'),
          line('nodejs_eventloop_delay_p99_seconds', '{{instance}} 99 %'),
          line('nodejs_eventloop_delay_max_seconds', '{{instance}} latest'),
        ],
        worryAbove: 0.1,
      }),
    )
    .withPanel(
      panel({
        title: 'Processor',
        explains: 'Cores used. Above 1 other threads work too: passwords, compression, garbage.',
        unit: 'count',
        lines: [
          {
            expr: perSecond(metric('process_cpu_time_seconds_total', here), [...each, 'cpu_mode']),
            legend: '{{instance}} {{cpu_mode}}',
          },
        ],
        stacked: 'stacked',
      }),
    )
    .withPanel(
      panel({
        title: 'Time since start',
        explains: 'A fall is a restart.',
        unit: 'seconds',
        lines: [line('process_uptime_seconds')],
        width: 12,
      }),
    )
    .withPanel(
      panel({
        title: 'Open resources',
        explains: 'Sockets, timers and the like. What only rises is leaking.',
        unit: 'count',
        lines: [line('process_open_resources')],
        width: 12,
      }),
    )
}

function addMemory(dashboard: DashboardBuilder): void {
  dashboard
    .withRow(new RowBuilder('Memory'))
    .withPanel(
      panel({
        title: 'Memory of the process',
        explains: 'All it holds. The kernel ends it at its container’s limit.',
        unit: 'bytes',
        lines: [line('process_memory_usage_bytes')],
      }),
    )
    .withPanel(
      panel({
        title: 'Heap in use, by space',
        explains: 'With the limit at which the process gives up.',
        unit: 'bytes',
        lines: [
          {
            expr: now('sum', metric('v8js_memory_heap_used_bytes', here), [...each, 'v8js_heap_space_name']),
            legend: '{{instance}} {{v8js_heap_space_name}}',
          },
          line('v8js_memory_heap_limit_bytes', '{{instance}} limit'),
        ],
      }),
    )
    .withPanel(
      panel({
        title: 'Garbage, longest pause in a hundred',
        explains: 'By kind of collection.',
        unit: 'seconds',
        lines: [
          {
            expr: quantile(0.99, metric('v8js_gc_duration_seconds', here), [...each, 'v8js_gc_type']),
            legend: '{{instance}} {{v8js_gc_type}}',
          },
        ],
      }),
    )
}
