import type { z } from 'zod'
import type { AnyContract } from './define-contract.ts'
import { bareEvent, type BoundEvent, type Event } from './event.ts'

/** A message is not what its version of the event says, or nothing can be made of it. The data is not quoted. */
export class EventDataInvalidError extends Error {
  override readonly name = 'EventDataInvalidError'
}

/** The data of one version of an event. */
export interface VersionedData {
  readonly event: BoundEvent
  readonly data: unknown
}

/** Gives every event of a contract in every version that can still be read, the newest of each first. */
export function eventVersions({ events }: AnyContract): BoundEvent[] {
  return Object.values<BoundEvent>(events).flatMap((event) => [event, ...event.earlier])
}

/**
 * Gives an earlier version of an event, for who still reads that one: `earlierVersion(orders.events.orderPlaced, orderPlacedV1)`.
 * Throws `TypeError` when it is none.
 */
export function earlierVersion<Data extends z.ZodType>(event: BoundEvent, before: Event<Data>): BoundEvent<Data> {
  const found = event.earlier.find(({ declared }) => declared === bareEvent(before))
  if (found === undefined) throw new TypeError(`version ${before.version} given is no earlier version of ${event.type}`)
  return found as BoundEvent<Data>
}

/** Gives the types under which messages come that are read as this version: its own, and those of earlier ones. */
export function typesReadAs({ type, earlier }: BoundEvent): string[] {
  return [type, ...earlier.map((before) => before.type)]
}

/**
 * Reads the data of a message of this version or an earlier one, which is made into this one's step by step; what each
 * step gives is checked. Throws `EventDataInvalidError`.
 */
export function readEventData(event: BoundEvent, type: string, data: unknown): unknown {
  const versions = [event, ...event.earlier]
  const from = versions.findIndex((version) => version.type === type)
  const [writtenAs, ...later] = versions.slice(0, from + 1).toReversed()
  if (writtenAs === undefined) throw new EventDataInvalidError(`${type} is not read as ${event.type}`)
  return later.reduce((before, version) => checked(version, cast(version, 'upcast', before)), checked(writtenAs, data))
}

/**
 * Gives what is announced beside an event for those who read earlier versions, the nearest first, as far back as the
 * declaration says how. `data` is what the event's schema made of it. Throws `EventDataInvalidError`.
 */
export function earlierData(event: BoundEvent, data: unknown): VersionedData[] {
  const copies: VersionedData[] = []
  let [now, current] = [event, data]
  for (const before of event.earlier) {
    if (now.previous?.downcast === undefined) break
    current = checked(before, cast(now, 'downcast', current))
    if (fieldOf(current, before.aggregate) !== fieldOf(data, event.aggregate))
      throw new EventDataInvalidError(`${before.type} made of ${event.type} is about another ${event.aggregate}`)
    copies.push({ event: before, data: current })
    now = before
  }
  return copies
}

/** Tells which of an event's versions are announced: the newest, and those that are made of it. */
export function announcedVersions(event: BoundEvent): BoundEvent[] {
  const withdrawn = [event, ...event.earlier].findIndex(({ previous }) => previous?.downcast === undefined)
  return [event, ...event.earlier].slice(0, withdrawn + 1)
}

function cast(version: BoundEvent, way: 'upcast' | 'downcast', data: unknown): unknown {
  try {
    return version.previous?.[way]?.(data as never)
  } catch (cause) {
    throw new EventDataInvalidError(`the ${way} of ${version.type} failed`, { cause })
  }
}

function checked({ data: schema, type }: BoundEvent, data: unknown): unknown {
  const result = schema.safeParse(data)
  if (result.success) return result.data
  throw new EventDataInvalidError(`this is no data of ${type}`, { cause: result.error })
}

function fieldOf(data: unknown, field: string): unknown {
  return typeof data === 'object' && data !== null ? Reflect.get(data, field) : undefined
}
