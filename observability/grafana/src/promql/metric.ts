import type { LabelName, LabelValue, LabelsOf, MetricName } from '@observability/telemetry'

/** What a label must be: one value, one of several, or what is chosen in a variable at the dashboard's top. */
export type Match<Value extends string> = Value | { readonly anyOf: readonly Value[] } | { readonly chosen: VariableName }

export type VariableName = 'service' | 'operation' | 'message' | 'saga' | 'instance'

/** Labels that Prometheus adds to every series when it scrapes. */
export type TargetLabel = 'service' | 'instance'

/** Labels that the series of a metric have. */
export type LabelOf<Name extends MetricName> = (keyof LabelsOf<Name> & LabelName) | TargetLabel

type ValueOf<Label> = Label extends LabelName ? LabelValue<Label> : string

export type Where<Name extends MetricName> = { readonly [Label in LabelOf<Name>]?: Match<ValueOf<Label>> }

/** Series of one metric. */
export interface Series<Name extends MetricName = MetricName> {
  readonly name: Name
  readonly where: Where<Name>
}

/** Picks series of a metric of the vocabulary, by labels that the metric has. */
export function metric<Name extends MetricName>(name: Name, where: Where<Name> = {}): Series<Name> {
  return { name, where }
}
