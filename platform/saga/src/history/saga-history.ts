import type { LogKind, SagaStatus } from '../core/saga.ts'
import type { Direction } from '../step-key.ts'

/** `unknown`: never answered, and taken back for that. `stuck`: the saga waits for attention here. */
export type StepStatus = 'pending' | 'done' | 'refused' | 'unknown' | 'stuck'

/** What became of one step in one direction. Times are ISO 8601, UTC, by the database's clock. */
export interface StepHistory {
  readonly step: string
  readonly direction: Direction
  readonly status: StepStatus
  /** How often it was sent, under all its keys. */
  readonly attempts: number
  readonly startedAt: string
  readonly endedAt?: string
  readonly durationMs?: number
  /** The declared error of the last refusal. */
  readonly code?: string
  /** The data of the last refusal. */
  readonly detail?: unknown
  readonly traceId: string
}

/** What became of a saga. */
export interface SagaHistory {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly key: string
  readonly status: SagaStatus
  /** Why it turned round, or what it is stuck at. */
  readonly reason?: string
  readonly startedAt: string
  readonly endedAt?: string
  readonly durationMs?: number
  readonly steps: readonly StepHistory[]
}

/** One line of the log, as stored. */
export interface LogRow {
  readonly at: Date
  readonly kind: LogKind
  readonly step: string | null
  readonly direction: Direction | null
  readonly code: string | null
  readonly detail: unknown
  readonly trace_id: string
}

interface Course {
  step: string
  direction: Direction
  status: StepStatus
  attempts: number
  startedAt: Date
  endedAt: Date | undefined
  refusal: { code: string; detail: unknown } | undefined
  traceId: string
}

/** Reads the course of every step out of a log in its order. */
export function stepsIn(log: readonly LogRow[]): StepHistory[] {
  const courses = new Map<string, Course>()
  for (const line of log) {
    if (line.step === null || line.direction === null) continue
    const key = `${line.direction} ${line.step}`
    const course = courses.get(key) ?? begun(line, { step: line.step, direction: line.direction })
    courses.set(key, course)
    follow(course, line)
  }
  return [...courses.values()].map(told)
}

function begun(line: LogRow, { step, direction }: { step: string; direction: Direction }): Course {
  return {
    step,
    direction,
    status: 'pending',
    attempts: 0,
    startedAt: line.at,
    endedAt: undefined,
    refusal: undefined,
    traceId: line.trace_id,
  }
}

function follow(course: Course, line: LogRow): void {
  if (line.kind === 'sent') {
    course.attempts += 1
    course.status = 'pending'
    course.endedAt = undefined
  }
  if (line.kind === 'done') course.status = 'done'
  if (line.kind === 'refused') course.status = 'refused'
  if (line.kind === 'unanswered') course.status = 'unknown'
  if (line.kind === 'needs_attention') course.status = 'stuck'
  if (line.kind === 'done' || line.kind === 'refused' || line.kind === 'unanswered') course.endedAt = line.at
  if (line.kind === 'refused') course.refusal = { code: line.code ?? '', detail: line.detail }
  // tried again on purpose, it went well: the old refusal is no longer what became of it
  if (line.kind === 'done') course.refusal = undefined
}

function told({ step, direction, status, attempts, startedAt, endedAt, refusal, traceId }: Course): StepHistory {
  return {
    step,
    direction,
    status,
    attempts,
    ...timesOf(startedAt, endedAt),
    ...(refusal === undefined ? {} : { code: refusal.code }),
    ...(refusal === undefined || refusal.detail === null ? {} : { detail: refusal.detail }),
    traceId,
  }
}

/** Writes a span of time; open while it has no end. */
export function timesOf(startedAt: Date, endedAt: Date | null | undefined): Pick<StepHistory, 'startedAt' | 'endedAt' | 'durationMs'> {
  const started = { startedAt: startedAt.toISOString() }
  if (endedAt === null || endedAt === undefined) return started
  return { ...started, endedAt: endedAt.toISOString(), durationMs: endedAt.getTime() - startedAt.getTime() }
}
