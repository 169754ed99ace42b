import type { TraceContext } from '../trace-context.ts'
import type { CounterName, GaugeName, HistogramName, LabelsOf } from '../vocabulary/metrics.ts'

/** One value of a gauge that is read when somebody asks for the metrics. */
export interface Reading<Name extends GaugeName> {
  readonly labels: LabelsOf<Name>
  readonly value: number
}

/** A metric's part of the answer to a scrape, in the OpenMetrics format. */
export interface Family {
  readonly name: string
  /** Its `# HELP`, `# TYPE` and `# UNIT` lines. */
  readonly head: string
  readonly samples: string
}

/** Measures one service. Names and labels are those of the vocabulary; no method throws, whatever is measured. */
export interface Metrics {
  /**
   * Adds a duration to a histogram. A sampled trace (that of the current call, unless one is given) is kept as exemplar: at
   * most one for each series and second.
   */
  observe<Name extends HistogramName>(name: Name, labels: LabelsOf<Name>, ...measured: [seconds: number, trace?: TraceContext]): void
  /** Adds to a counter: 1 unless said. */
  count<Name extends CounterName>(name: Name, labels: LabelsOf<Name>, by?: number): void
  set<Name extends GaugeName>(name: Name, labels: LabelsOf<Name>, value: number): void
  /**
   * Reads a gauge whenever somebody asks for the metrics. One that fails, or takes longer than a second, is left out of that
   * answer and counted.
   */
  collect<Name extends GaugeName>(name: Name, read: () => readonly Reading<Name>[] | Promise<readonly Reading<Name>[]>): Collecting
  families(): Promise<readonly Family[]>
  /** Gives the answer to a scrape of this service alone; of a process with several, see `renderMetrics`. */
  render(): Promise<RenderedMetrics>
}

/** A gauge that is being read until it is closed. */
export interface Collecting {
  close(): void
}

export interface RenderedMetrics {
  readonly contentType: string
  readonly text: string
}
