import * as common from '@grafana/grafana-foundation-sdk/common'
import { ThresholdsConfigBuilder, ThresholdsMode, type DashboardLinkBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries'
import { dataSources } from '../data-sources.ts'

/** One line, or one for each group, of a graph. */
export interface Line {
  readonly expr: string
  /** Its name: `{{service}}`. */
  readonly legend: string
}

export interface GraphWanted {
  readonly title: string
  /** What it tells, and when it should worry. */
  readonly explains: string
  readonly unit: 'per second' | 'seconds' | 'share' | 'count' | 'bytes'
  readonly lines: readonly Line[]
  /** Of 24 columns; 8 unless said. */
  readonly width?: number
  /** `shown`: dots that lead to the trace that was measured. Only histograms have them. */
  readonly exemplars?: 'shown'
  readonly links?: readonly DashboardLinkBuilder[]
  /** Above this it is red. */
  readonly worryAbove?: number
  readonly stacked?: 'stacked'
  /** What is said where there is nothing to draw, for what does not happen while all goes well. */
  readonly whenQuiet?: string
}

const units = { 'per second': 'cps', seconds: 's', share: 'percentunit', count: 'short', bytes: 'bytes' } as const

/** Draws series over time. */
export function graph({
  title,
  explains,
  unit,
  lines,
  width = 8,
  exemplars,
  links = [],
  worryAbove,
  stacked,
  whenQuiet,
}: GraphWanted): PanelBuilder {
  const panel = new PanelBuilder()
    .title(title)
    .description(explains)
    .datasource(dataSources.prom)
    .unit(units[unit])
    .min(0)
    .height(8)
    .span(width)
    .fillOpacity(stacked === undefined ? 8 : 40)
    .lineWidth(1)
    .showPoints(common.VisibilityMode.Never)
    .stacking(new common.StackingConfigBuilder().mode(stacked === undefined ? common.StackingMode.None : common.StackingMode.Normal))
    .legend(
      new common.VizLegendOptionsBuilder()
        .showLegend(true)
        .placement(common.LegendPlacement.Bottom)
        .displayMode(common.LegendDisplayMode.List)
        .calcs([]),
    )
    .tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi).sort(common.SortOrder.Descending))
    .dataLinks([...links])
  for (const [at, { expr, legend }] of lines.entries()) {
    const query = new DataqueryBuilder().refId(refId(at)).datasource(dataSources.prom).expr(expr).legendFormat(legend).range()
    panel.withTarget(exemplars === 'shown' ? query.exemplar(true) : query)
  }
  if (whenQuiet !== undefined) panel.noValue(whenQuiet)
  return worryAbove === undefined ? panel : withLine(panel, worryAbove)
}

/** Names queries as Grafana does: A, B, C. */
export function refId(at: number): string {
  return String.fromCodePoint('A'.codePointAt(0)! + at)
}

function withLine(panel: PanelBuilder, above: number): PanelBuilder {
  return panel
    .thresholds(
      new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
        { value: null, color: 'green' },
        { value: above, color: 'red' },
      ]),
    )
    .thresholdsStyle(new common.GraphThresholdsStyleConfigBuilder().mode(common.GraphThresholdsStyleMode.Dashed))
}
