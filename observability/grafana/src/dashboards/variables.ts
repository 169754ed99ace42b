import { CustomVariableBuilder, QueryVariableBuilder, VariableRefresh, VariableSort } from '@grafana/grafana-foundation-sdk/dashboard'
import type { MetricName } from '@observability/telemetry'
import { dataSources } from '../data-sources.ts'
import type { LabelOf, Series, VariableName } from '../promql/metric.ts'
import { selector } from '../promql/selector.ts'

// Also what no list knows, such as _OTHER.
const everything = '.+'
const all = { selected: true, text: ['All'], value: ['$__all'] }

/** A choice among names that the contracts know, whether they were seen yet or not. */
export function choiceOf(name: VariableName, label: string, values: readonly string[]): CustomVariableBuilder {
  return new CustomVariableBuilder(name)
    .label(label)
    .values(values.join(','))
    .multi(true)
    .includeAll(true)
    .allValue(everything)
    .current(all)
}

/** A choice among the values that a label of a metric has had. */
export function seenIn<Name extends MetricName>(name: VariableName, label: LabelOf<Name>, series: Series<Name>): QueryVariableBuilder {
  const query = `label_values(${selector(series)}, ${label})`
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(dataSources.prom)
    .query({ query, refId: name })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue(everything)
    .current(all)
}
