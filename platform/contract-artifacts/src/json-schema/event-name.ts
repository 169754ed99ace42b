import type { AnyContract, BoundEvent } from '@ashlar/contract'
import { pascalCase } from './shape-names.ts'

/** Names the data of an event, and its message: `OrderPlaced`, and `OrderPlacedV1` for what it was before. */
export function eventName(event: BoundEvent, contract: AnyContract): string {
  return pascalCase(isNewest(event, contract) ? event.name : `${event.name}V${event.version}`)
}

/** Tells the version that is announced from those it can be read as. */
export function isNewest({ name, type }: BoundEvent, { events }: AnyContract): boolean {
  return events[name]?.type === type
}
