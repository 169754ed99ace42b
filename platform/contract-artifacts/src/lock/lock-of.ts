import { createHash } from 'node:crypto'
import { announcedVersions, bareEvent, type Access, type AnyContract, type BoundEvent } from '@ashlar/contract'
import { contractShapes, eventShapeIn, onlyUsed, type ContractShapes } from '../json-schema/contract-shapes.ts'
import { canonicalJson } from '../json-text.ts'
import { messageMembersOf } from '../protobuf/draft-contract.ts'
import type { ContractLock, LockedEvent, LockedOperation, ShapeRef } from './contract-lock.ts'
import { pinNumbers } from './field-numbers.ts'

/**
 * Locks what a contract promises now. `previous` is the lock as it was last emitted, the memory of field numbers. Throws
 * `ShapeNameError` for shapes without a good name and `FieldNumbersBrokenError` for a memory that contradicts itself.
 */
export function lockOf(contract: AnyContract, previous: ContractLock | undefined): ContractLock {
  const found = contractShapes(contract)
  const promised = {
    operations: lockedOperations(contract, found),
    events: lockedEvents(contract, found),
    hashes: Object.fromEntries(Object.keys(found.shapes).map((name) => [name, sha256(onlyUsed(found.shapes, [name]))])),
    protobuf: pinNumbers(previous?.protobuf, messageMembersOf(contract)),
    $defs: found.shapes,
  }
  return { name: contract.name, version: contract.version, hash: sha256(promised), ...promised }
}

function lockedOperations({ operations, events }: AnyContract, found: ContractShapes): Record<string, LockedOperation> {
  const names = Object.keys(found.operations)
  return Object.fromEntries(
    names.flatMap((name) => {
      const [operation, shapes] = [operations[name], found.operations[name]]
      if (operation === undefined || shapes === undefined) return []
      const { kind, policy, rest, deprecated } = operation
      const errors = Object.entries(shapes.errors).map(([code, data]) => [code, lockedError(operation.errors[code]?.status, data)])
      const locked = {
        kind,
        input: refTo(shapes.input),
        output: refTo(shapes.output),
        errors: Object.fromEntries(errors) as LockedOperation['errors'],
        policy: { access: inOrder(policy.access), ...(policy.idempotency === undefined ? {} : { idempotency: policy.idempotency }) },
        emits: namesOf(operation.emits.map(bareEvent), events),
        ...(rest === undefined ? {} : { rest: { method: rest.method, path: rest.path, status: rest.status ?? 200 } }),
        ...(deprecated === undefined ? {} : { deprecated }),
      }
      return [[name, locked]]
    }),
  )
}

function lockedError(status: string | undefined, data: string | undefined): object {
  return { status, ...(data === undefined ? {} : { data: refTo(data) }) }
}

function lockedEvents({ events }: AnyContract, found: ContractShapes): Record<string, LockedEvent> {
  return Object.fromEntries(
    Object.entries(events)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, event]) => {
        const { type, version, aggregate, key, earlier } = event
        const announced = announcedVersions(event)
        const before = earlier.map((one) => ({
          subject: one.type,
          version: one.version,
          isAnnounced: announced.includes(one),
          ...lockedData(one, found),
        }))
        const locked = { subject: type, version, aggregate, key, ...lockedData(event, found) }
        return [name, { ...locked, ...(before.length === 0 ? {} : { earlier: before }) }]
      }),
  )
}

function lockedData({ type, deprecated }: BoundEvent, found: ContractShapes): Pick<LockedEvent, 'data' | 'deprecated'> {
  return { data: refTo(eventShapeIn(found, type)), ...(deprecated === undefined ? {} : { deprecated }) }
}

function namesOf(emitted: readonly unknown[], events: Readonly<Record<string, BoundEvent>>): string[] {
  const names = Object.entries(events).flatMap(([name, { declared }]) => (emitted.includes(declared) ? [name] : []))
  return names.toSorted()
}

function inOrder(access: Access): Access {
  if (typeof access !== 'object') return access
  return 'roles' in access ? { roles: access.roles.toSorted() } : { services: access.services.toSorted() }
}

function refTo(name: string): ShapeRef {
  return { $ref: `#/$defs/${name}` }
}

function sha256(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}
