import type { LabelValue } from '@observability/telemetry'
import type { Decision, LogEntry } from '../core/saga.ts'
import type { Direction } from '../step-key.ts'

/** How a step ended, or that it ends no more without help. */
export interface SettledStep {
  readonly step: string
  readonly direction: Direction
  readonly outcome: Extract<LabelValue<'outcome'>, 'done' | 'refused' | 'unanswered' | 'needs_attention'>
  /** Why it did not go well: the error its contract declares, or that there was no answer. */
  readonly error: string | undefined
}

/** Tells which step a decision brings to an end; none while it is only sent once more, or nothing fits where the saga stands. */
export function settledStep({ log }: Decision): SettledStep | undefined {
  const answer = log.find(({ kind }) => kind === 'done' || kind === 'refused')
  if (answer !== undefined) return settled(answer)
  // a step that was not answered is over once the saga turns round for it, or waits for a person
  const isOver = log.some(({ kind }) => kind === 'compensating' || kind === 'needs_attention')
  const entry = log.find(({ kind }) => kind === 'unanswered') ?? log.find(({ kind }) => kind === 'needs_attention')
  return isOver && entry !== undefined ? settled(entry) : undefined
}

function settled({ kind, step, direction, code }: LogEntry): SettledStep | undefined {
  if (step === undefined || direction === undefined) return undefined
  switch (kind) {
    case 'done':
      return { step, direction, outcome: 'done', error: undefined }
    case 'refused':
      return { step, direction, outcome: 'refused', error: code }
    case 'unanswered':
      return { step, direction, outcome: 'unanswered', error: 'no_answer' }
    case 'needs_attention':
      return { step, direction, outcome: 'needs_attention', error: 'needs_attention' }
    case 'started':
    case 'sent':
    case 'late':
    case 'abort_requested':
    case 'compensating':
    case 'resume_requested':
    case 'resumed':
    case 'completed':
    case 'compensated':
      return undefined
  }
}
