import { labelVocabulary, type Metrics } from '@observability/telemetry'
import type { Outcome } from './handle-once.ts'

/** One delivery, processed. */
export interface Measured {
  readonly destination: string
  readonly consumer: string
  readonly attempt: number
  readonly outcome: Outcome
  /** How it ended for the broker: what could not be buried comes again. */
  readonly ended: Outcome['kind']
  readonly durationMs: number
}

/** Has a consumer's dead letters counted before there is one: no increase is seen in a series that begins with it. */
export function countFromZero(metrics: Metrics, consumer: string): void {
  for (const error_class of labelVocabulary.error_class.values) metrics.count('dead_letters_total', { consumer, error_class }, 0)
}

/** Counts one delivery in the metrics of its service. */
export function measureMessage(metrics: Metrics, { destination, consumer, attempt, outcome, ended, durationMs }: Measured): void {
  const labels = { messaging_destination_name: destination, consumer, outcome: ended }
  metrics.observe('messaging_process_duration_seconds', labels, durationMs / 1000)
  if (attempt > 1) metrics.count('messaging_redeliveries_total', { consumer })
  if (outcome.kind === 'dead' && ended === 'dead') metrics.count('dead_letters_total', { consumer, error_class: outcome.because })
}
