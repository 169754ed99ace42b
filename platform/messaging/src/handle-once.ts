import { describeThrown, type LabelValue } from '@observability/telemetry'
import type { Delivery } from './bus.ts'
import type { Envelope } from './envelope.ts'
import { PermanentError } from './errors.ts'

/** What a handler says of a message it did not throw on: finished, or held until something else has happened. */
export type Handled = { readonly kind: 'done' } | { readonly kind: 'wait'; readonly reason: string }

export interface Failure {
  readonly errorClass: string
  readonly errorMessage: string
}

/** Why a message is given up, in one word of a short list. */
type Cause = LabelValue<'error_class'>

/** How one delivery ended. `attempts` counts the handler's runs. */
export type Outcome =
  | { readonly kind: 'done' }
  | ({ readonly kind: 'again'; readonly isHeld: boolean } & Failure)
  | ({ readonly kind: 'dead'; readonly attempts: number; readonly because: Cause } & Failure)

interface Attempt {
  readonly envelope: Envelope
  readonly maxAttempts: number
  readonly handle: (envelope: Envelope, delivery: Delivery) => Promise<Handled>
}

/** Runs the handler on one delivery, unless the message had its attempts already. Never throws. */
export async function handleOnce(delivery: Delivery, { envelope, maxAttempts, handle }: Attempt): Promise<Outcome> {
  const { attempt } = delivery
  if (attempt > maxAttempts) {
    const errorMessage = `delivered ${attempt} times; no attempt lived to say why, or its dead letter could not be sent`
    return { kind: 'dead', attempts: maxAttempts, because: 'attempts_exhausted', errorClass: 'attempts_exhausted', errorMessage }
  }
  try {
    const handled = await handle(envelope, delivery)
    if (handled.kind === 'done') return handled
    return failed({ errorClass: 'held', errorMessage: handled.reason }, { attempt, isLast: attempt >= maxAttempts, because: 'held' })
  } catch (error) {
    const isHopeless = error instanceof PermanentError
    const isLast = isHopeless || attempt >= maxAttempts
    return failed(failureOf(error), { attempt, isLast, because: isHopeless ? 'permanent' : 'unexpected' })
  }
}

/** Says what was thrown, in the words a dead letter keeps. */
export function failureOf(error: unknown): Failure {
  const { name: errorClass, message: errorMessage } = describeThrown(error)
  return { errorClass, errorMessage }
}

function failed(failure: Failure, { attempt, isLast, because }: { attempt: number; isLast: boolean; because: Cause }): Outcome {
  return isLast ? { kind: 'dead', attempts: attempt, because, ...failure } : { kind: 'again', isHeld: because === 'held', ...failure }
}
