import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Access, AnyBoundOperation, AnyContract } from '@ashlar/contract'
import { valuesOf, type Values } from '@ashlar/contract-artifacts'
import type { Call, Complaint } from './conversation.ts'

const byChance = 4
const atEdges = 4

/** Loads the contracts of a checkout. */
export async function contractsIn(root: string): Promise<AnyContract[]> {
  const folder = join(root, 'contracts')
  const loaded = (await readdir(folder)).map((name) => import(pathToFileURL(join(folder, name, 'index.ts')).href) as Promise<object>)
  return (await Promise.all(loaded)).flatMap((exported) => Object.values(exported).filter(isContract))
}

/** Makes calls of every operation that a contract has callers for, with inputs it takes. Always the same ones. */
export function callsOf(contract: AnyContract): Call[] {
  const operations = Object.values<AnyBoundOperation>(contract.operations).filter(({ kind }) => kind === 'query' || kind === 'mutation')
  return operations.flatMap((operation) => {
    const values = valuesOf(operation.input, 'input', operation.address)
    const inputs = [
      ...values
        .boundaries()
        .slice(0, atEdges)
        .map(({ value }) => value),
      ...some(values),
    ]
    return inputs.map((input) => ({ contract: contract.id, operation: operation.name, input, as: callerOf(operation.policy.access) }))
  })
}

/**
 * Tells what an answer or message lacks because the other commit does not know it yet, from what it has wrong. A field
 * that is new is missing in everything that the commit before could have said.
 */
export function isNotYetKnown({ path, isMissing }: Complaint, values: Values): boolean {
  return isMissing && some(values).every((value) => path.reduce<unknown>((at, step) => Object(at)[step] as unknown, value) === undefined)
}

function some(values: Values): unknown[] {
  return Array.from({ length: byChance }, () => values.any())
}

function callerOf(access: Access): Call['as'] {
  if (access === 'open') return { kind: 'anonymous' }
  if (access === 'customer' || 'roles' in access) return { kind: 'customer', id: randomUUID() }
  return { kind: 'service', name: access.services[0] ?? '' }
}

function isContract(value: unknown): value is AnyContract {
  return typeof value === 'object' && value !== null && 'operations' in value && 'events' in value && 'id' in value
}
