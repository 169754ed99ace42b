import { Counter, Gauge, Registry, type OpenMetricsContentType } from 'prom-client'
import { metricVocabulary, type MetricDeclaration, type MetricName } from '../vocabulary/metrics.ts'
import { BucketHistogram } from './bucket-histogram.ts'
import type { Family } from './metrics.ts'

export type Labels = Readonly<Record<string, string>>

/** One combination of a metric's labels. */
export interface Series {
  readonly labels: Labels
  nextExemplarAtMs: number
}

type Recorder = Counter | Gauge | BucketHistogram

interface Instrument {
  readonly declaration: MetricDeclaration
  readonly recorder: Recorder
  readonly series: Map<string, Series>
  /** What one more combination of labels adds to the answer to a scrape. */
  readonly linesPerSeries: number
}

export interface InstrumentsOptions {
  readonly registry: Registry<OpenMetricsContentType>
  readonly labels: Labels
  readonly maxSeries: number
}

/** Makes a registry that may keep exemplars. */
export function openMetricsRegistry(): Registry<OpenMetricsContentType> {
  const registry = new Registry<OpenMetricsContentType>()
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  return registry
}

// never more than one for each metric of the vocabulary, and what tells of too many series must not be one of them
const neverRefused: MetricName = 'telemetry_series_refused_total'

/** The metrics of one registry that have been used so far, with a bound on their series. */
export class Instruments {
  readonly #options: InstrumentsOptions
  readonly #instruments = new Map<MetricName, Instrument>()
  #lines = 0

  constructor(options: InstrumentsOptions) {
    this.#options = options
  }

  /** Gives what records a metric, and the series to record under: that of `_OTHER` when there are too many. */
  find(name: MetricName, labels: Labels): { recorder: Recorder; series: Series } {
    const instrument = this.#instruments.get(name) ?? this.#begin(name)
    let key = ''
    for (const label of instrument.declaration.labels) key += `${labels[label]}\u0000`
    const series = instrument.series.get(key) ?? this.#admit(name, instrument, { key, labels })
    return { recorder: instrument.recorder, series }
  }

  /** Drops the series of a gauge: what is not read again is gone. */
  forget(name: MetricName): void {
    const instrument = this.#instruments.get(name)
    if (instrument === undefined || instrument.recorder instanceof BucketHistogram) return
    this.#lines -= instrument.series.size * instrument.linesPerSeries
    instrument.series.clear()
    instrument.recorder.reset()
    // prom-client puts a metric without labels back to 0, which nobody has read
    if (Object.keys(this.#options.labels).length + instrument.declaration.labels.length === 0) instrument.recorder.remove()
  }

  async families(): Promise<Family[]> {
    const all = [...this.#instruments].map(async ([name, { declaration }]) => {
      const text = await this.#options.registry.getSingleMetricAsString(familyName(name))
      const [help = '', type = '', ...samples] = text.split('\n')
      const unit = declaration.unit === 'none' ? [] : [`# UNIT ${familyName(name)} ${declaration.unit}`]
      return { name, head: [type, ...unit, help].join('\n'), samples: samples.join('\n') }
    })
    return (await Promise.all(all)).filter(({ samples }) => samples !== '')
  }

  #begin(name: MetricName): Instrument {
    const declaration: MetricDeclaration = metricVocabulary[name]
    // a histogram has its buckets, one without bound, a sum and a count
    const linesPerSeries = declaration.type === 'histogram' ? (declaration.buckets?.length ?? 0) + 3 : 1
    const instrument = { declaration, recorder: this.#recorder(name, declaration), series: new Map<string, Series>(), linesPerSeries }
    this.#instruments.set(name, instrument)
    return instrument
  }

  #recorder(name: MetricName, { type, help, labels, buckets = [] }: MetricDeclaration): Recorder {
    const { registry, labels: ownLabels } = this.#options
    const common = { name: familyName(name), help, labelNames: [...labels, ...Object.keys(ownLabels)], registers: [registry] }
    switch (type) {
      case 'counter':
        return new Counter(common)
      case 'gauge':
        return new Gauge(common)
      case 'histogram': {
        const histogram = new BucketHistogram({ ...common, buckets })
        registry.registerMetric(histogram.asMetric())
        return histogram
      }
    }
  }

  #admit(name: MetricName, instrument: Instrument, asked: { key: string; labels: Labels }): Series {
    const { labels: ownLabels, maxSeries } = this.#options
    const isFull = this.#lines + instrument.linesPerSeries > maxSeries
    if (!isFull || name === neverRefused || instrument.declaration.labels.length === 0) {
      this.#lines += instrument.linesPerSeries
      return remember(instrument, asked.key, { ...asked.labels, ...ownLabels })
    }
    const { recorder, series } = this.find(neverRefused, { metric: name })
    if (recorder instanceof Counter) recorder.inc(series.labels)
    const others = Object.fromEntries(instrument.declaration.labels.map((label) => [label, '_OTHER']))
    return instrument.series.get('') ?? remember(instrument, '', { ...others, ...ownLabels })
  }
}

/** OpenMetrics names a family of counters without `_total`; prom-client puts it back on each sample. */
function familyName(name: MetricName): string {
  return name.replace(/_total$/, '')
}

function remember(instrument: Instrument, key: string, labels: Record<string, string>): Series {
  const series = { labels, nextExemplarAtMs: 0 }
  instrument.series.set(key, series)
  return series
}
