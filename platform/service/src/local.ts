import type { AnyBoundOperation, BoundEvent } from '@ashlar/contract'
import type { LocalHandler, LocalReaction, ReactionOptions } from './handlers.ts'

/**
 * Answers an operation, or reacts to an event, inside one transaction: an answer (a declared error included) commits it
 * with its events, its reply and its inbox or idempotency record; a throw rolls everything back. It may run again after
 * a serialisation failure, so it touches nothing but `tx`.
 */
export function local<Op extends AnyBoundOperation, Needs = unknown>(
  operation: Op,
  make: LocalHandler<Op, Needs>['make'],
): LocalHandler<Op, Needs>
export function local<Ev extends BoundEvent, Needs = unknown>(
  event: Ev,
  make: LocalReaction<Ev, Needs>['make'],
  options?: ReactionOptions,
): LocalReaction<Ev, Needs>
export function local(
  subject: AnyBoundOperation | BoundEvent,
  make: (needs: any) => any,
  options: ReactionOptions = {},
): LocalHandler | LocalReaction {
  if (subject.kind === 'event') return { shape: 'local', event: subject, options, make }
  return { shape: 'local', operation: subject, make }
}
