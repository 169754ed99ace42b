import type { AnyBoundOperation, BoundEvent, EventData, z } from '@ashlar/contract'
import type { ReactionOptions, StagedHandler, StagedParts, StagedReaction, StagedReactionParts } from './handlers.ts'

/**
 * Answers an operation, or reacts to an event, that must reach outside its database: `open` and `complete` are
 * transactions, `effect` runs between them with none open. After a crash the whole is run again: `open` finds its row
 * by key, `effect` asks the outside by key before it repeats anything. Without `open` the input goes to `effect`.
 */
export function staged<Op extends AnyBoundOperation, Needs = unknown, Opened = z.output<Op['input']>, Outcome = unknown>(
  operation: Op,
  make: (needs: Needs) => StagedParts<Op, Opened, Outcome>,
): StagedHandler<Op, Needs>
export function staged<Ev extends BoundEvent, Needs = unknown, Opened = EventData<Ev>, Outcome = unknown>(
  event: Ev,
  make: (needs: Needs) => StagedReactionParts<Ev, Opened, Outcome>,
  options?: ReactionOptions,
): StagedReaction<Ev, Needs>
export function staged(
  subject: AnyBoundOperation | BoundEvent,
  make: (needs: any) => any,
  options: ReactionOptions = {},
): StagedHandler | StagedReaction {
  if (subject.kind === 'event') return { shape: 'staged', event: subject, options, make }
  return { shape: 'staged', operation: subject, make }
}
