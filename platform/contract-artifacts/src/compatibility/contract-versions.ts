import { eventVersions, type AnyContract, type Policy, type z } from '@ashlar/contract'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { castsOf } from '../event-versions/casts-of.ts'
import type { ContractLock } from '../lock/contract-lock.ts'
import { lockOf } from '../lock/lock-of.ts'
import { earlierName, snapshotOf, type ContractSnapshot, type Shape } from './contract-snapshot.ts'
import type { ContractVersion, ShapeAt } from './findings/contract-version.ts'
import { judgeByLock, judgeBySchema } from './judge.ts'
import type { Schema } from './schemas/schema-node.ts'

/** A version whose contract is loaded: its own schemas decide. */
export function loadedVersion(contract: AnyContract): ContractVersion {
  return { snapshot: snapshotOf(contract), judge: bySchemasOf(contract), casts: castsOf(contract) }
}

/** A version whose contract is loaded, to be compared with one of which only the lock is left: both are read from locks then. */
export function loadedBesideLock(contract: AnyContract): ContractVersion {
  return { snapshot: snapshotOfLock(lockOf(contract, undefined)), judge: bySchemasOf(contract), casts: castsOf(contract) }
}

/** A version of which only the lock is left: a JSON Schema validator decides. */
export function lockedVersion(lock: ContractLock): ContractVersion {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
  return { snapshot: snapshotOfLock(lock), judge: (_at, shape, part) => judgeByLock(part === 'writes' ? shape.written : shape.read, ajv) }
}

function bySchemasOf(contract: AnyContract): ContractVersion['judge'] {
  return (at, _shape, part) => {
    const schema = schemaAt(contract, at)
    if (schema === undefined) throw new TypeError(`${contract.name} has no schema at ${JSON.stringify(at)}`)
    return judgeBySchema(schema, part)
  }
}

function schemaAt(contract: AnyContract, at: ShapeAt): z.ZodType | undefined {
  if ('subject' in at) return eventVersions(contract).find(({ type }) => type === at.subject)?.data
  const operation = contract.operations[at.operation]
  return 'side' in at ? operation?.[at.side] : operation?.errors[at.error]?.data
}

function snapshotOfLock({ name, version, operations, events, $defs }: ContractLock): ContractSnapshot {
  // a lock holds each shape as it is written, an input as it is read: what it can tell of defaults
  const shapeOf = (schema: Schema): Shape => {
    const node = { schema, defs: $defs }
    return { written: node, read: node }
  }
  const each = <From, To>(record: Readonly<Record<string, From>>, change: (from: From) => To): Record<string, To> =>
    Object.fromEntries(Object.entries(record).map(([key, from]) => [key, change(from)]))
  return {
    name,
    version,
    operations: each(operations, (operation) => ({
      ...operation,
      policy: operation.policy satisfies Policy,
      input: shapeOf(operation.input),
      output: shapeOf(operation.output),
      errors: each(operation.errors, ({ status, data }) => ({ status, ...(data === undefined ? {} : { data: shapeOf(data) }) })),
    })),
    events: Object.fromEntries(
      Object.entries(events).flatMap(([event, { earlier = [], ...newest }]) => {
        const { aggregate, key } = newest
        const versions = [
          { ...newest, name: event, isAnnounced: true },
          ...earlier.map((one) => ({ ...one, name: earlierName(event, one.version) })),
        ]
        return versions.map(({ data, ...one }) => [one.subject, { ...one, aggregate, key, data: shapeOf(data) }])
      }),
    ),
  }
}
