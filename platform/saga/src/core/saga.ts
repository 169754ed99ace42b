import type { SagaDefinition } from '../definition.ts'
import type { Direction } from '../step-key.ts'

/** `completed` and `compensated` are ends; `needs_attention` waits for an operator or a late reply. */
export type SagaStatus = 'running' | 'compensating' | 'needs_attention' | 'completed' | 'compensated'

/** Why a saga needs attention. A refused step is tried again under a new key, an unanswered one keeps its key. */
export interface Stuck {
  readonly because: 'unanswered' | 'refused'
  /** For people: which step, and what happened to it. */
  readonly reason: string
}

/** Where a saga stands. Whatever the future needs is in here; nothing is replayed. */
export interface Saga {
  readonly id: string
  readonly state: unknown
  readonly status: SagaStatus
  /** Position of the step in hand. */
  readonly step: number
  /** Position of the first step that is never taken back: the pivot, or the first forward step. */
  readonly noReturnAt: number
  readonly direction: Direction
  /** Of the key of the step in hand, from 1. */
  readonly generation: number
  /** How often the step in hand was sent under its key. */
  readonly attempt: number
  /** The attempt that began this round: 1, or the first after an operator resumed. A round has as many attempts as the policy says. */
  readonly roundFrom: number
  /** Why the saga turned round: a declared error, an abort's reason, or `no_answer`. */
  readonly turnedBecause: string | undefined
  /** An abort that waits for the step in hand to be answered. */
  readonly abortReason: string | undefined
  /** Set exactly while `needs_attention`. */
  readonly stuck: Stuck | undefined
}

/** A participant's answer. */
export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: string; readonly data?: unknown }

/** Everything that can happen to a saga. */
export type SagaInput =
  | { readonly kind: 'started' }
  | { readonly kind: 'replied'; readonly stepKey: string; readonly outcome: Outcome }
  /** The step in hand was not answered in time. */
  | { readonly kind: 'timer' }
  | { readonly kind: 'abort'; readonly reason: string }
  | { readonly kind: 'resume' }
  /** The next transition cannot be made: its own code throws again and again. */
  | { readonly kind: 'broken'; readonly reason: string }

export type LogKind =
  | 'started'
  | 'sent'
  | 'done'
  | 'refused'
  | 'unanswered'
  | 'late'
  | 'abort_requested'
  | 'compensating'
  | 'needs_attention'
  | 'resume_requested'
  | 'resumed'
  | 'completed'
  | 'compensated'

/** One line of a saga's log, which is only ever added to. */
export interface LogEntry {
  readonly kind: LogKind
  readonly step?: string
  readonly direction?: Direction
  readonly generation?: number
  readonly attempt?: number
  /** The declared error of a refusal. */
  readonly code?: string
  /** The data of a refusal. */
  readonly detail?: unknown
  readonly reason?: string
}

/** A command to be written to the outbox together with the decision. */
export interface StepCommand {
  readonly step: number
  readonly direction: Direction
  readonly stepKey: string
  readonly input: unknown
}

export type EndingKind = 'completed' | 'compensated' | 'stuck'

/** What one input makes of a saga. All of it is written in one transaction, or none. */
export interface Decision {
  readonly next: Saga
  readonly log: readonly LogEntry[]
  readonly command?: StepCommand
  /** The ending handler to run. */
  readonly ending?: EndingKind
  /** When to come back without a reply, counted from the transaction by the database's clock; unset: never. */
  readonly wakeAfterMs?: number
  /** Set when the input changes nothing but the log: the timer that runs stays as it is. */
  readonly keepsTimer?: true
}

/** What a decision depends on besides the saga: its definition, and a number from 0 up to 1 that spreads repeats out. */
export interface Rules {
  readonly definition: SagaDefinition
  readonly random: number
}
