import { RequestRefusedError, type AnyAnswer } from '@ashlar/contract'
import { requireAccess } from '@ashlar/security'
import { describeThrown, type Logger, type Thrown } from '@observability/telemetry'
import { CallFailedError } from '../wire/call-failed.ts'
import type { WireError } from '../wire/wire-error.ts'
import type { Call } from './call.ts'
import type { Route } from './routes.ts'
import { internalError, wireErrorOf } from './wire-error-of.ts'

/** How one operation ended: a value for the wire, or an error. */
export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: WireError; readonly thrown?: Thrown | undefined }

/** Where an operation's raw input is read, once its caller is known to be allowed to ask. */
export interface InputSource {
  at(index: number): unknown
}

/** Answers one operation of a request: who may ask is settled first, then the input is read, then the handler runs. Never throws. */
export async function answerOperation(
  route: Route,
  call: Call,
  input: { source: InputSource; index: number; logger: Logger },
): Promise<Outcome> {
  const { operation } = route
  try {
    requireAccess(operation.policy.access, call.principal)
    return outcomeOf(route, await route.invoke(input.source.at(input.index), call))
  } catch (cause) {
    return outcomeOfThrown(route, call, { cause, logger: input.logger })
  }
}

/** Says how a call ended that was refused or failed, and tells the log of failures. */
export function outcomeOfThrown({ operation }: Route, call: Call, { cause, logger }: { cause: unknown; logger: Logger }): Outcome {
  const error = wireErrorOf(cause)
  logThrown(logger, { operation: operation.address, cause, error, call })
  return { ok: false, error, thrown: cause instanceof RequestRefusedError ? undefined : describeThrown(cause) }
}

/** Says how a call ended that was answered. Throws `TypeError` for an error that its contract does not declare. */
export function outcomeOf({ operation }: Route, answer: AnyAnswer): Outcome {
  if (answer.ok) return { ok: true, value: answer.value }
  const declared = operation.errors[answer.code]
  if (declared === undefined) throw new TypeError(`${operation.address} answered ${answer.code}, which its contract does not declare`)
  return {
    ok: false,
    error: { status: declared.status, reason: answer.code, message: `${operation.address} answered ${answer.code}`, details: answer.data },
  }
}

function logThrown(
  logger: Logger,
  { operation, cause, error, call }: { operation: string; cause: unknown; error: WireError; call: Call },
): void {
  // nobody waits any more, and what the handler threw is most often the abort it was told of
  if (call.cancelled !== undefined) logger.info({ operation, err: cause }, 'the handler threw after its caller stopped waiting')
  else if (error === internalError) logger.error({ operation, err: cause }, 'the handler threw')
  else if (cause instanceof CallFailedError) logger.warn({ operation, err: cause }, 'a call on the way to the answer failed')
}
