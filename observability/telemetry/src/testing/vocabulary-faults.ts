import type { MetricDeclaration } from '../vocabulary/metrics.ts'

interface Vocabulary {
  readonly metrics: Readonly<Record<string, MetricDeclaration>>
  readonly labels: Readonly<Record<string, { readonly values?: readonly string[]; readonly boundedBy?: string; readonly example?: string }>>
}

// Words for things there is no end of: a label with one of these grows with every request.
const boundless = [
  'id',
  'ids',
  'uuid',
  'key',
  'path',
  'url',
  'uri',
  'query',
  'message',
  'text',
  'email',
  'name',
  'user',
  'customer',
  'order',
  'ip',
  'address',
  'host',
  'port',
  'token',
  'time',
  'stack',
]
// Names that OpenTelemetry gives to what contracts and configuration bound.
const boundedNames = new Set(['messaging_destination_name', 'v8js_heap_space_name'])

/** Says what is wrong with a vocabulary: what has no help, no unit in its name, a label without bound. */
export function vocabularyFaults({ metrics, labels }: Vocabulary): string[] {
  return [
    ...Object.entries(metrics).flatMap(([name, declaration]) =>
      metricFaults(name, declaration, labels).map((fault) => `${name}: ${fault}`),
    ),
    ...Object.entries(labels).flatMap(([name, domain]) => {
      const words = boundedNames.has(name) ? [] : name.split('_').filter((word) => boundless.includes(word))
      return [
        ...words.map((word) => `${name}: there is no end of ${word}`),
        ...(domain.boundedBy === undefined && (domain.values ?? []).length === 0 ? [`${name}: nothing bounds its values`] : []),
        ...(/^[a-z][a-z0-9_]*$/.test(name) ? [] : [`${name}: not lower case with underscores`]),
        ...(Object.values(metrics).some((metric) => metric.labels.some((label) => label === name)) || name === 'service'
          ? []
          : [`${name}: no metric has it`]),
      ]
    }),
  ]
}

function metricFaults(name: string, { type, unit, help, labels, buckets }: MetricDeclaration, known: Vocabulary['labels']): string[] {
  const bare = name.replace(/_total$/, '')
  const isRising = buckets?.every((bound, index) => index === 0 || bound > (buckets[index - 1] ?? 0)) ?? false
  return [
    ...(/^[A-Z].+\.$/.test(help) ? [] : ['its help is no sentence']),
    ...(/^[a-z][a-z0-9_]*$/.test(name) ? [] : ['not lower case with underscores']),
    ...(name.endsWith('_total') === (type === 'counter') ? [] : ['_total is for counters, and for them alone']),
    ...(unit === 'none' || bare.endsWith(`_${unit}`) ? [] : [`its name does not end in ${unit}`]),
    ...(unit !== 'none' || !/_(seconds|ms|milliseconds|bytes|ratio|percent)$/.test(bare)
      ? []
      : ['its name has a unit it does not declare']),
    ...((type === 'histogram') === (buckets !== undefined) && (buckets === undefined || isRising)
      ? []
      : ['rising buckets are for histograms, and all of them']),
    ...labels.filter((label) => !(label in known)).map((label) => `label ${label} is not declared`),
    ...(new Set(labels).size === labels.length ? [] : ['a label twice']),
  ]
}
