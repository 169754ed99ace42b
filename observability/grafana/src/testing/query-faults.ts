import { labelVocabulary, metricVocabulary, type LabelName, type MetricDeclaration } from '@observability/telemetry'
import { readQuery, type Asked } from './read-query.ts'

const metrics: Readonly<Record<string, MetricDeclaration>> = metricVocabulary
const targetLabels = ['service', 'instance']
const histogramEndings = ['_bucket', '_count', '_sum']

/** Tells what a query asks that no metric of the vocabulary could answer; nothing when all is well. */
export function queryFaults(promql: string): string[] {
  const query = readQuery(promql)
  if (query === undefined) return [`it is not PromQL: ${promql}`]
  return query.flatMap(faultsOf)
}

function faultsOf({ name, matchers, groupedBy }: Asked): string[] {
  const found = declarationOf(name)
  if (found === undefined) return [`no metric is called ${name}`]
  const labels = [...found.labels, ...targetLabels, ...(name.endsWith('_bucket') ? ['le'] : [])]
  const unknown = [...Object.keys(matchers), ...groupedBy].filter((label) => !labels.includes(label))
  return [
    ...unknown.map((label) => `${name} has no label ${label}`),
    ...Object.entries(matchers).flatMap(([label, wanted]) => impossible(label, wanted).map((value) => `${label} is never ${value}`)),
  ]
}

function declarationOf(name: string): MetricDeclaration | undefined {
  const ending = histogramEndings.find((one) => name.endsWith(one))
  if (ending === undefined) return metrics[name]?.type === 'histogram' ? undefined : metrics[name]
  const histogram = metrics[name.slice(0, -ending.length)]
  return histogram?.type === 'histogram' ? histogram : metrics[name]
}

function impossible(label: string, wanted: string): string[] {
  const domain = labelVocabulary[label as LabelName]
  if (domain === undefined || !('values' in domain) || wanted === '.+') return []
  const values: readonly string[] = domain.values
  return wanted.split('|').filter((value) => !values.includes(value))
}
