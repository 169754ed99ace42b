import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard'
import { dataSources, type DataSourceId } from '../data-sources.ts'

/** Leads from a point of a series to the traces of its service, of one operation where the series has one. */
export function tracesOf(operation: 'any' | 'rpc_method'): DashboardLinkBuilder {
  const search = { queryType: 'search', service: '${__field.labels.service}' }
  return exploreLink('Traces', 'jaeger', operation === 'any' ? search : { ...search, operation: '${__field.labels.rpc_method}' })
}

/** Leads from a point of a series to the log lines of its service in the time shown. */
export function linesOf(condition = ''): DashboardLinkBuilder {
  return exploreLink('Log lines', 'loki', { expr: `{service_name="\${__field.labels.service}"}${condition}` })
}

function exploreLink(title: string, source: DataSourceId, query: object): DashboardLinkBuilder {
  const datasource = dataSources[source]
  const pane = {
    datasource: datasource.uid,
    queries: [{ refId: 'A', datasource, ...query }],
    range: { from: '${__from}', to: '${__to}' },
  }
  // Grafana puts values into variables as they stand, and only there: those alone stay unencoded.
  const panes = encodeURIComponent(JSON.stringify({ a: pane })).replaceAll(/%24%7B(.+?)%7D/g, '${$1}')
  return new DashboardLinkBuilder(title)
    .type(DashboardLinkType.Link)
    .icon('')
    .tooltip('')
    .tags([])
    .url(`/explore?schemaVersion=1&orgId=1&panes=${panes}`)
    .targetBlank(false)
}
