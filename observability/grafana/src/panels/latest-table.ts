import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table'
import { dataSources } from '../data-sources.ts'
import { refId } from './graph.ts'

export interface TableWanted {
  readonly title: string
  readonly explains: string
  /** Labels that make a row, with their headings. */
  readonly rows: Readonly<Record<string, string>>
  readonly columns: readonly { readonly heading: string; readonly expr: string; readonly unit: string }[]
}

/** Lists the latest values, one row for each group. Every column's expression must be grouped by the labels of `rows`. */
export function latestTable({ title, explains, rows, columns }: TableWanted): PanelBuilder {
  const panel = new PanelBuilder().title(title).description(explains).datasource(dataSources.prom).height(10).span(24)
  for (const [at, { expr }] of columns.entries())
    panel.withTarget(
      new DataqueryBuilder().refId(refId(at)).datasource(dataSources.prom).expr(expr).instant().format(PromQueryFormat.Table),
    )
  const headings = Object.fromEntries(columns.map(({ heading }, at) => [`Value #${refId(at)}`, heading]))
  panel
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({ id: 'organize', options: { excludeByName: { Time: true }, renameByName: { ...rows, ...headings } } })
  for (const { heading, unit } of columns) panel.overrideByName(heading, [{ id: 'unit', value: unit }])
  return panel
}
