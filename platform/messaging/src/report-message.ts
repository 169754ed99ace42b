import type { Logger, TraceContext } from '@observability/telemetry'
import type { Delivery } from './bus.ts'
import type { Buried } from './bury.ts'
import type { Envelope } from './envelope.ts'
import type { Outcome } from './handle-once.ts'

/** All that is said of one delivery. */
export interface MessageReport {
  readonly consumer: string
  readonly delivery: Delivery
  readonly envelope: Envelope | undefined
  /** Where the message came from, when it is handled in a trace of its own. */
  readonly linked: TraceContext | undefined
  readonly outcome: Outcome
  readonly buried: Buried | undefined
  readonly durationMs: number
}

/** Logs one delivery in one line; never its content. */
export function reportMessage(logger: Logger, { consumer, delivery, envelope, linked, outcome, buried, durationMs }: MessageReport): void {
  const { subject, attempt } = delivery
  const line = {
    consumer,
    subject,
    type: envelope?.type ?? subject,
    message_id: envelope?.id,
    attempt,
    duration_ms: Math.round(durationMs * 10) / 10,
    linked_trace_id: linked?.traceId,
  }
  if (outcome.kind === 'done') return logger.info({ ...line, outcome: 'done' }, 'message handled')

  const why = { error_class: outcome.errorClass, error_message: outcome.errorMessage }
  if (outcome.kind === 'again') return logger.warn({ ...line, ...why, outcome: 'again' }, 'message will be tried again')
  if (buried?.ok === true)
    return logger.error({ ...line, ...why, outcome: 'dead_letter', dead_letter: buried.id }, 'message became a dead letter')
  logger.error({ ...line, ...why, outcome: 'again', burial_error: buried?.reason }, 'message could not become a dead letter and stays')
}
