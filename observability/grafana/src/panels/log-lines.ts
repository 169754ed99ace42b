import { LogsDedupStrategy, LogsSortOrder } from '@grafana/grafana-foundation-sdk/common'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/logs'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/loki'
import { dataSources } from '../data-sources.ts'

export interface LinesWanted {
  readonly title: string
  readonly explains: string
  /** LogQL. */
  readonly expr: string
  /** What is said where there is none. */
  readonly whenQuiet: string
}

const most = 200

/** Lists log lines, the newest first; each leads to its trace. */
export function logLines({ title, explains, expr, whenQuiet }: LinesWanted): PanelBuilder {
  return new PanelBuilder()
    .title(title)
    .description(explains)
    .datasource(dataSources.loki)
    .noValue(whenQuiet)
    .height(10)
    .span(24)
    .showTime(true)
    .wrapLogMessage(true)
    .enableLogDetails(true)
    .dedupStrategy(LogsDedupStrategy.None)
    .sortOrder(LogsSortOrder.Descending)
    .withTarget(new DataqueryBuilder().refId('A').datasource(dataSources.loki).expr(expr).queryType('range').maxLines(most))
}
