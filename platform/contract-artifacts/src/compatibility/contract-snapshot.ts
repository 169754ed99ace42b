import {
  announcedVersions,
  bareEvent,
  z,
  type AnyBoundOperation,
  type AnyContract,
  type BoundEvent,
  type Policy,
  type StatusCode,
} from '@ashlar/contract'
import { nodeOf, type SchemaNode } from './schemas/schema-node.ts'

/** One shape as it is written and as it is read: a default makes the two differ. */
export interface Shape {
  /** What is on the wire: every field that has a default is there. */
  readonly written: SchemaNode
  /** What is taken from the wire: a field with a default may be left out. */
  readonly read: SchemaNode
}

export interface OperationSnapshot {
  readonly kind: string
  readonly input: Shape
  readonly output: Shape
  readonly errors: Readonly<Record<string, { readonly status: StatusCode; readonly data?: Shape }>>
  readonly policy: Policy
  /** Names of events. */
  readonly emits: readonly string[]
  readonly rest?: { readonly method: string; readonly path: string; readonly status: number }
  readonly deprecated?: unknown
}

/** One version of an event. */
export interface EventSnapshot {
  /** `orderPlaced`; `orderPlaced.v1` where a later version is the one that is announced. */
  readonly name: string
  /** CloudEvents type and subject. */
  readonly subject: string
  /** Whether every fact is told in this version. */
  readonly isAnnounced: boolean
  readonly aggregate: string
  readonly key: string
  readonly data: Shape
  readonly deprecated?: unknown
}

/** All that two versions of a contract are compared by. */
export interface ContractSnapshot {
  readonly name: string
  readonly version: number
  readonly operations: Readonly<Record<string, OperationSnapshot>>
  /** Each version of each event by its subject. */
  readonly events: Readonly<Record<string, EventSnapshot>>
}

/** Writes down what a contract promises. */
export function snapshotOf(contract: AnyContract): ContractSnapshot {
  const events = Object.values<BoundEvent>(contract.events)
  const nameOf = new Map(events.map((event) => [bareEvent(event), event.name]))
  return {
    name: contract.name,
    version: contract.version,
    operations: mapped(contract.operations as Record<string, AnyBoundOperation>, (operation) => ({
      kind: operation.kind,
      input: shapeOf(operation.input),
      output: shapeOf(operation.output),
      errors: mapped(operation.errors, ({ status, data }) => ({ status, ...(data === undefined ? {} : { data: shapeOf(data) }) })),
      policy: operation.policy,
      emits: operation.emits.map((event) => nameOf.get(bareEvent(event)) ?? '').toSorted(),
      ...(operation.rest === undefined ? {} : { rest: { status: 200, ...operation.rest } }),
      deprecated: operation.deprecated,
    })),
    events: Object.fromEntries(
      events.flatMap((newest) => {
        const announced = announcedVersions(newest)
        return [newest, ...newest.earlier].map((event) => [event.type, eventSnapshot(event, { newest, announced })])
      }),
    ),
  }
}

function eventSnapshot(event: BoundEvent, { newest, announced }: { newest: BoundEvent; announced: readonly BoundEvent[] }): EventSnapshot {
  const { name, version, type, aggregate, key, data, deprecated } = event
  return {
    name: event === newest ? name : earlierName(name, version),
    subject: type,
    isAnnounced: announced.includes(event),
    aggregate,
    key,
    data: shapeOf(data),
    deprecated,
  }
}

/** Names a version of an event that is not its newest. */
export function earlierName(name: string, version: number): string {
  return `${name}.v${version}`
}

/** Writes a shape down both ways. Objects that are not strict stay open, since readers pass over what they do not know. */
export function shapeOf(schema: z.ZodType): Shape {
  const write = (io: 'input' | 'output'): SchemaNode => nodeOf(z.toJSONSchema(schema, { target: 'draft-2020-12', io, override: leaveOpen }))
  return { written: write('output'), read: write('input') }
}

function leaveOpen({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: Record<string, unknown> }): void {
  const { def } = zodSchema._zod
  if (def.type === 'object' && def.catchall === undefined) delete jsonSchema['additionalProperties']
}

function mapped<From, To>(record: Readonly<Record<string, From>>, change: (from: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, from]) => [name, change(from)]))
}
