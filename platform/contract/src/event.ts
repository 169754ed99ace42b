import type { z } from 'zod'
import type { Deprecation } from './deprecation.ts'

/** A fact a service announces. `aggregate` and `key` name fields of `data`: whose history it belongs to, and what it is partitioned by. */
export interface Event<Data extends z.ZodType = z.ZodType> {
  readonly kind: 'event'
  readonly version: number
  readonly aggregate: string
  readonly key: string
  readonly data: Data
  readonly deprecated?: Deprecation
  readonly previous?: PreviousVersion
}

/** What an event was before its data was cut anew, and how the one becomes the other. */
export interface PreviousVersion {
  readonly event: AnyEvent
  /** Makes this version's data of the previous one's: messages of old are read so. */
  readonly upcast: (before: never) => unknown
  /** Makes the previous version's data of this one's: while it is there, who reads the previous version goes on hearing. */
  readonly downcast?: (now: never) => unknown
}

/** An event that knows its contract: `type` is its CloudEvents type and its NATS subject (`orders.order-placed.v1`). */
export interface BoundEvent<Data extends z.ZodType = z.ZodType> extends Event<Data> {
  readonly contract: string
  readonly name: string
  readonly type: string
  /** Types of every event in the history of the same aggregate, its own included; of its own versions up to this one. */
  readonly lineage: readonly string[]
  /** Its earlier versions, the nearest first. */
  readonly earlier: readonly BoundEvent[]
  /** The event as it was declared; `emits` lists name it. */
  readonly declared: Event<Data>
}

export type AnyEvent = Event

/** The data of an event, as its readers get it. */
export type EventData<E extends AnyEvent> = z.output<E['data']>

/**
 * Declares a fact. Its name comes from the contract that lists it. A version whose data no reader of the one before could
 * take names that one as `previous`, and makes its data of the other's.
 */
export function event<const Data extends z.ZodType, Before extends AnyEvent = AnyEvent>(definition: {
  version: number
  aggregate: keyof z.output<Data> & string
  key: keyof z.output<Data> & string
  data: Data
  deprecated?: Deprecation
  previous?: {
    event: Before
    // not inferred from: what they give must be read as data of the other version, or its enums widen to strings
    upcast: NoInfer<(before: EventData<Before>) => z.input<Data>>
    downcast?: NoInfer<(now: z.output<Data>) => z.input<Before['data']>>
  }
}): Event<Data> {
  return { kind: 'event', ...definition }
}

/** Gives the event as declared, whether or not it is bound to its contract. */
export function bareEvent(given: AnyEvent): AnyEvent {
  return 'declared' in given ? (given as BoundEvent).declared : given
}
