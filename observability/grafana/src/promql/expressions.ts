import type { CounterName, GaugeName, HistogramName } from '@observability/telemetry'
import { metricVocabulary, type MetricDeclaration } from '@observability/telemetry'
import type { LabelOf, Series } from './metric.ts'
import { selector } from './selector.ts'

/** Labels an answer is told apart by. */
type By<Name extends CounterName | GaugeName | HistogramName> = readonly LabelOf<Name>[]

/** How often a second something happened: of a histogram, how often it was measured. */
export function perSecond<Name extends CounterName | HistogramName>(series: Series<Name>, by: By<Name> = []): string {
  return `sum${grouping(by)} (rate(${counted(series)}[$__rate_interval]))`
}

/** How often something happened in the time the dashboard shows. */
export function inRange<Name extends CounterName | HistogramName>(series: Series<Name>, by: By<Name> = []): string {
  return `sum${grouping(by)} (increase(${counted(series)}[$__range]))`
}

/** Time that a share of what was measured stayed below: 0.95 for all but one in twenty. */
export function quantile<Name extends HistogramName>(share: number, series: Series<Name>, by: By<Name> = []): string {
  const buckets = `rate(${selector(series, '_bucket')}[$__rate_interval])`
  return `histogram_quantile(${share}, sum${grouping([...by, 'le'])} (${buckets}))`
}

/** What a gauge says now, several series of a group taken together. */
export function now<Name extends GaugeName>(together: 'sum' | 'max', series: Series<Name>, by: By<Name> = []): string {
  return `${together}${grouping(by)} (${selector(series)})`
}

/** One part of a whole, from 0 to 1; 0 where there is a whole and no part. Both must be grouped alike. */
export function share(part: string, whole: string): string {
  return `(${part} or ${whole} * 0) / (${whole} > 0)`
}

function counted<Name extends CounterName | HistogramName>(series: Series<Name>): string {
  const { type }: MetricDeclaration = metricVocabulary[series.name]
  return selector(series, type === 'histogram' ? '_count' : '')
}

function grouping(by: readonly string[]): string {
  return by.length === 0 ? '' : ` by (${by.join(', ')})`
}
