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
}

/** An event that knows its contract: `type` is its CloudEvents type and its NATS subject (`orders.order-placed.v1`). */
export interface BoundEvent<Data extends z.ZodType = z.ZodType> extends Event<Data> {
  readonly contract: string
  readonly name: string
  readonly type: string
  /** Types of every event in the history of the same aggregate, its own included. */
  readonly lineage: readonly string[]
  /** The event as it was declared; `emits` lists name it. */
  readonly declared: Event<Data>
}

export type AnyEvent = Event

/** The data of an event, as its readers get it. */
export type EventData<E extends AnyEvent> = z.output<E['data']>

/** Declares a fact. Its name comes from the contract that lists it. */
export function event<const Data extends z.ZodType>(definition: {
  version: number
  aggregate: keyof z.output<Data> & string
  key: keyof z.output<Data> & string
  data: Data
  deprecated?: Deprecation
}): Event<Data> {
  return { kind: 'event', ...definition }
}

/** Gives the event as declared, whether or not it is bound to its contract. */
export function bareEvent(given: AnyEvent): AnyEvent {
  return 'declared' in given ? (given as BoundEvent).declared : given
}
