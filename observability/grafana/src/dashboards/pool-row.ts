import { RowBuilder, type DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { now } from '../promql/expressions.ts'
import { metric } from '../promql/metric.ts'
import { each, here, line, panel } from './of-instances.ts'

/** Adds the connections to the database, and who waits for one. */
export function addPool(dashboard: DashboardBuilder): void {
  dashboard
    .withRow(new RowBuilder('Database pool'))
    .withPanel(
      panel({
        title: 'Connections',
        explains: 'Those in use, and those that wait for use.',
        unit: 'count',
        lines: [{ expr: now('sum', metric('db_client_connection_count', here), [...each, 'state']), legend: '{{instance}} {{state}}' }],
        width: 12,
        stacked: 'stacked',
      }),
    )
    .withPanel(
      panel({
        title: 'Transactions waiting for a connection',
        explains: 'More than none for long: the pool is too small, or the database too slow.',
        unit: 'count',
        lines: [line('db_client_connection_pending_requests')],
        width: 12,
        worryAbove: 5,
      }),
    )
}
