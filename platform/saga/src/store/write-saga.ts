import type { Transaction } from '@ashlar/persistence'
import { currentContext, formatTraceparent, newTrace, type TraceContext } from '@observability/telemetry'
import type { Decision, LogEntry, Saga } from '../core/saga.ts'
import type { SagaDefinition } from '../definition.ts'
import { shapeOf } from '../shape.ts'
import type { StoredSaga } from './saga-row.ts'

const insertLog = (saga: string, entries: string, trace: string): string => `
  insert into platform.saga_log (saga_id, seq, kind, step, direction, generation, attempt, code, detail, reason, trace_id)
  select ${saga}.id, entry.seq, entry.kind, entry.step, entry.direction, entry.generation, entry.attempt, entry.code, entry.detail,
    entry.reason, ${trace}
  from ${saga}, jsonb_to_recordset(${entries}::jsonb) as entry (seq integer, kind text, step text, direction text,
    generation integer, attempt integer, code text, detail jsonb, reason text)
  returning seq`

const insertSaga = `
  with saga as (
    insert into platform.saga (id, name, version, shape, key, state, status, step, no_return_at, direction, generation, attempt,
      round_from, next_wake_at, log_length, request_id, traceparent)
    values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10, $11, $12, $13,
      clock_timestamp() + $14::integer * interval '1 millisecond', $15, $16, $17)
    on conflict (name, key) do nothing
    returning id
  ) ${insertLog('saga', '$18', '$19')}`

const updateSaga = `
  with saga as (
    update platform.saga set state = coalesce($2::jsonb, state), status = $3, step = $4, direction = $5, generation = $6, attempt = $7,
      round_from = $8, turned_because = $9, abort_reason = $10, stuck_because = $11, stuck_reason = $12,
      next_wake_at = case when $13::boolean then next_wake_at else clock_timestamp() + $14::integer * interval '1 millisecond' end,
      resume_requested = resume_requested and $13::boolean,
      failures = case when $13::boolean then failures else 0 end,
      log_length = $15,
      ended_at = case when $3 in ('completed', 'compensated') then coalesce(ended_at, clock_timestamp()) end
    where id = $1
    returning id
  ) ${insertLog('saga', '$16', '$17')}`

/** Writes a saga that starts, with its log. One round trip; `false` when there is one of this name and key already. */
export async function writeStart(
  tx: Transaction,
  decision: Decision,
  { definition, key }: { definition: SagaDefinition; key: string },
): Promise<boolean> {
  const { next, log } = decision
  const context = currentContext()
  const trace = traceInHand()
  const rows = await tx.query(insertSaga, [
    next.id,
    definition.name,
    definition.version,
    shapeOf(definition),
    key,
    JSON.stringify(next.state),
    next.status,
    next.step,
    next.noReturnAt,
    next.direction,
    next.generation,
    next.attempt,
    next.roundFrom,
    decision.wakeAfterMs ?? null,
    log.length,
    context?.requestId ?? next.id,
    formatTraceparent(trace),
    logRows(log, 0),
    trace.traceId,
  ])
  return rows.length > 0
}

/** Writes what a decision makes of a saga that is locked, with its log. One round trip, none where nothing changed. */
export async function writeDecision(tx: Transaction, stored: StoredSaga, decision: Decision): Promise<void> {
  const { next, log } = decision
  if (next === stored.saga && log.length === 0 && decision.keepsTimer === true) return
  await tx.query(updateSaga, [
    next.id,
    next.state === stored.saga.state ? null : JSON.stringify(next.state),
    ...whereItStands(next),
    decision.keepsTimer === true,
    decision.wakeAfterMs ?? null,
    stored.logLength + log.length,
    logRows(log, stored.logLength),
    traceInHand().traceId,
  ])
}

function whereItStands(saga: Saga): unknown[] {
  return [
    saga.status,
    saga.step,
    saga.direction,
    saga.generation,
    saga.attempt,
    saga.roundFrom,
    saga.turnedBecause ?? null,
    saga.abortReason ?? null,
    saga.stuck?.because ?? null,
    saga.stuck?.reason ?? null,
  ]
}

function logRows(log: readonly LogEntry[], lengthBefore: number): string {
  return JSON.stringify(log.map((entry, index) => ({ ...entry, seq: lengthBefore + index + 1 })))
}

function traceInHand(): TraceContext {
  return currentContext()?.trace ?? newTrace()
}
