import { hasKey, parseInput, RequestRefusedError, type AnyAnswer, type AnyBoundOperation } from '@ashlar/contract'
import { CommitUnknownError, DatabaseUnavailableError } from '@ashlar/persistence'
import { CallFailedError, type Implementation, type IncomingCall, type Invoke } from '@ashlar/rpc'
import { answerByStream } from './answer-by-stream.ts'
import { answerOnce, answerOnceStaged } from './answer-once.ts'
import { EffectGivenUpError } from './bounded-effect.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { Hosted } from './hosted.ts'
import type { Asked, Kept } from './carry-out-operation.ts'
import { scopeOf, stepKeyOf } from './step-key.ts'
import { answerKeptMs, claimLeaseMs } from './time-limits.ts'

/** Makes a service answer calls: each operation of its contract, validated both ways, once per idempotency key. */
export function answerRequests(hosted: Hosted, operations: ReadonlyMap<string, Kept>): Implementation {
  const invoke = new Map<string, Invoke>()
  for (const [name, kept] of operations) {
    const answer = invokeOf(hosted, kept)
    invoke.set(name, (raw, call) => hosted.work.track(tellingOutages(kept.handler.operation, answer(raw, call))))
  }
  for (const [name, handler] of Object.entries(hosted.definition.operations)) {
    if (handler.shape === 'streamed') invoke.set(name, answerByStream(hosted, handler, tellingOutages))
  }
  return { contract: hosted.definition.contract, invoke, telemetry: hosted.telemetry }
}

function invokeOf(hosted: Hosted, kept: Kept): Invoke {
  const { operation } = kept.handler
  if (!hasKey(operation.policy)) return async (raw, call) => kept.run(asked(parseInput(operation, raw), call, ''))
  return (raw, call) => answerUnderKey(hosted, kept, { raw, call })
}

function asked(input: unknown, call: IncomingCall, stepKey: string): Asked {
  // read from the call only when an effect begins: it is made on first use
  return { input, principal: call.principal, stepKey, waiting: () => call.signal }
}

async function answerUnderKey(
  hosted: Hosted,
  { handler: { operation, shape }, run }: Kept,
  { raw, call }: { raw: unknown; call: IncomingCall },
): Promise<AnyAnswer> {
  const key = checkedKey(operation, call.idempotencyKey)
  const input = parseInput(operation, raw)
  const scope = scopeOf(call.principal, operation)
  const request = { scope, key, fingerprint: fingerprintOf(input), leaseMs: claimLeaseMs, ttlMs: answerKeptMs }
  const once = asked(input, call, stepKeyOf(scope, key))
  const claiming = { hosted, operation, request }
  return shape === 'local' ? answerOnce(run, once, claiming) : answerOnceStaged(run, once, claiming)
}

function checkedKey(operation: AnyBoundOperation, key: string | undefined): string {
  if (key === undefined || key === '') {
    throw new RequestRefusedError(
      { status: 'BAD_REQUEST', reason: 'idempotency_key_required' },
      `${operation.address} needs an Idempotency-Key header`,
    )
  }
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new RequestRefusedError(
      { status: 'BAD_REQUEST', reason: 'idempotency_key_invalid' },
      'an idempotency key is 1 to 255 visible ASCII characters',
    )
  }
  return key
}

/** Tells an outage of what the answer stands on as one, so that the caller hears 503 or 504 and not of a bug. */
async function tellingOutages<Result>(operation: AnyBoundOperation, answering: Promise<Result>): Promise<Result> {
  try {
    return await answering
  } catch (cause) {
    if (cause instanceof DatabaseUnavailableError || cause instanceof CommitUnknownError)
      throw new CallFailedError(`the database of ${operation.contract}`, { outcome: 'unknown', reason: 'unavailable', cause })
    if (cause instanceof EffectGivenUpError)
      throw new CallFailedError(`the effect of ${operation.address}`, { outcome: 'unknown', reason: reasonOf(cause), cause })
    throw cause
  }
}

function reasonOf({ cause }: EffectGivenUpError): string {
  return cause instanceof DOMException && cause.name === 'TimeoutError' ? 'deadline_exceeded' : 'unavailable'
}
