import { currentContext, type Telemetry, type TraceContext } from '@observability/telemetry'
import type { Decision, EndingKind } from '../core/saga.ts'
import type { StoredSaga } from '../store/saga-row.ts'
import { settledStep, type SettledStep } from './settled-step.ts'
import { traceOfSaga } from './trace-of-saga.ts'

const endings = { completed: 'completed', compensated: 'compensated', stuck: 'needs_attention' } as const satisfies Record<
  EndingKind,
  string
>

/** A transition that has been committed. */
export interface Transition {
  readonly stored: StoredSaga
  readonly decision: Decision
  /** The step of a trace that brought it about. */
  readonly broughtBy: TraceContext | undefined
}

/** Gives what tells of a transition once it is certain: spans and measures nothing of one that is rolled back. */
export function tellTransition(telemetry: Telemetry, { stored, decision }: Pick<Transition, 'stored' | 'decision'>): () => void {
  const broughtBy = currentContext()?.span?.trace
  return () => {
    const settled = settledStep(decision)
    if (settled !== undefined) tellStep(telemetry, settled, { stored, decision, broughtBy })
    if (decision.ending === undefined) return
    telemetry.metrics.count('saga_ended_total', { saga: stored.name, outcome: endings[decision.ending] })
  }
}

/** A step's span is from when it was first sent to when its answer was applied, or no longer waited for; only then is it made. */
function tellStep({ tracing, metrics }: Telemetry, settled: SettledStep, { stored, decision, broughtBy }: Transition): void {
  const { step, direction, outcome, error } = settled
  const name = direction === 'undo' ? `${step} undo` : step
  const span = tracing.start(`${stored.name}/${name}`, {
    kind: 'internal',
    parent: traceOfSaga(stored),
    startedAtMs: stored.sentAtMs,
    links: broughtBy === undefined ? undefined : [broughtBy],
    attributes: {
      'saga.name': stored.name,
      'saga.id': stored.saga.id,
      'saga.step': step,
      'saga.direction': direction,
      'saga.attempt': stored.saga.attempt,
      'saga.outcome': outcome,
      'saga.status': decision.next.status,
      'saga.reason': error,
    },
  })
  span.end(error === undefined ? undefined : { error })
  const seconds = Math.max(0, Date.now() - stored.sentAtMs) / 1000
  metrics.observe('saga_step_duration_seconds', { saga: stored.name, step: name, outcome }, seconds, span.trace)
}
