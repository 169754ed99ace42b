import { RowBuilder, type DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { inRange, perSecond } from '../promql/expressions.ts'
import { metric } from '../promql/metric.ts'
import { each, here, line, panel } from './of-instances.ts'

/** Adds what the telemetry itself lost. */
export function addTelemetry(dashboard: DashboardBuilder): void {
  dashboard
    .withRow(new RowBuilder('What is not seen'))
    .withPanel(
      panel({
        title: 'Spans lost',
        whenQuiet: 'None.',
        explains: 'Not recorded because nothing listened, or recorded and lost.',
        unit: 'per second',
        lines: [{ expr: perSecond(metric('telemetry_spans_dropped_total', here), [...each, 'reason']), legend: '{{instance}} {{reason}}' }],
      }),
    )
    .withPanel(
      panel({
        title: 'Log lines not sent',
        whenQuiet: 'None.',
        explains: 'They are on standard output only. Beside them, those on their way.',
        unit: 'count',
        lines: [
          {
            expr: perSecond(metric('telemetry_log_lines_dropped_total', here), [...each, 'reason']),
            legend: '{{instance}} {{reason}}, per second',
          },
          line('telemetry_log_lines_waiting', '{{instance}} waiting'),
        ],
      }),
    )
    .withPanel(
      panel({
        title: 'Metrics cut short',
        whenQuiet: 'None.',
        explains: 'Measurements put under _OTHER because a metric had too many series, and readings that failed, in the time shown.',
        unit: 'count',
        lines: [
          { expr: inRange(metric('telemetry_series_refused_total', here), [...each, 'metric']), legend: '{{instance}} {{metric}} refused' },
          {
            expr: inRange(metric('telemetry_collect_failures_total', here), [...each, 'metric']),
            legend: '{{instance}} {{metric}} unread',
          },
        ],
      }),
    )
}
