import type { Metric } from 'prom-client'

/** A trace in which a measurement was taken (https://prometheus.io/docs/specs/om/open_metrics_spec/#exemplars). */
export interface Exemplar {
  readonly labelSet: Readonly<Record<string, string>>
  readonly value: number
  /** In seconds since 1970. */
  readonly timestamp: number
}

interface Observations {
  /** How many fell into each bucket, the last of which has no bound. */
  readonly counts: number[]
  readonly exemplars: (Exemplar | undefined)[]
  sum: number
}

export interface BucketHistogramOptions {
  readonly name: string
  readonly help: string
  /** Upper bounds, ascending. */
  readonly buckets: readonly number[]
}

type Labels = Readonly<Record<string, string>>

/**
 * A histogram that prom-client's registry renders like its own. Observing costs it an addition: prom-client's checks and joins all
 * labels for each value, which is most of what a measurement costs. A combination of labels is told by its object, so whoever
 * observes keeps one for each.
 */
export class BucketHistogram {
  readonly name: string
  readonly #help: string
  readonly #buckets: readonly number[]
  readonly #series = new Map<Labels, Observations>()

  constructor({ name, help, buckets }: BucketHistogramOptions) {
    this.name = name
    this.#help = help
    this.#buckets = buckets
  }

  observe(labels: Labels, value: number, exemplarLabels?: Exemplar['labelSet']): void {
    const observations = this.#series.get(labels) ?? this.#begin(labels)
    let bucket = 0
    while (bucket < this.#buckets.length && value > (this.#buckets[bucket] ?? 0)) bucket += 1
    observations.counts[bucket] = (observations.counts[bucket] ?? 0) + 1
    observations.sum += value
    if (exemplarLabels === undefined) return
    observations.exemplars[bucket] = { labelSet: exemplarLabels, value, timestamp: Date.now() / 1000 }
  }

  /** What the registry asks of a metric. */
  get(): Promise<object> {
    const values = [...this.#series].flatMap(([labels, observations]) => this.#samples(labels, observations))
    return Promise.resolve({ name: this.name, help: this.#help, type: 'histogram', aggregator: 'sum', values })
  }

  /** Itself, as the registry's types want it: they know prom-client's own classes only, its code asks for no more than `get`. */
  asMetric(): Metric {
    return this as unknown as Metric
  }

  #begin(labels: Labels): Observations {
    const observations = { counts: Array.from({ length: this.#buckets.length + 1 }, () => 0), exemplars: [], sum: 0 }
    this.#series.set(labels, observations)
    return observations
  }

  #samples(sharedLabels: Labels, { counts, exemplars, sum }: Observations): object[] {
    let count = 0
    const buckets = counts.map((more, at) => {
      count += more
      const le = this.#buckets[at] ?? '+Inf'
      return { metricName: `${this.name}_bucket`, labels: { le }, sharedLabels, value: count, exemplar: exemplars[at] }
    })
    return [
      ...buckets,
      { metricName: `${this.name}_sum`, labels: {}, sharedLabels, value: sum },
      { metricName: `${this.name}_count`, labels: {}, sharedLabels, value: count },
    ]
  }
}
