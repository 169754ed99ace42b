import { isServiceOnly, type AnyBoundOperation, type AnyContract } from '@ashlar/contract'
import findMyWay from 'find-my-way'
import type { CanonicalTarget } from '../http/canonical-target.ts'
import { compileQueryReader, type QueryReader } from './query-input.ts'

/** One REST route, compiled from a contract. */
export interface Route {
  readonly operation: AnyBoundOperation
  readonly status: number
  readonly hasBody: boolean
  readonly readQuery: QueryReader
}

export type Match =
  | { readonly kind: 'found'; readonly route: Route; readonly parameters: Readonly<Record<string, string | undefined>> }
  | { readonly kind: 'wrong-method'; readonly allow: string }
  | { readonly kind: 'not-found' }

export interface Routes {
  match(method: string, target: CanonicalTarget): Match
  /** Methods answered on a path, for preflights; empty when there is none. */
  methodsAt(target: CanonicalTarget): string
  /** An operation by its contract id and name, for the tRPC face; service-only ones are not there. */
  operation(contractId: string, name: string): AnyBoundOperation | undefined
  /** Id of a contract's newest major. */
  newest(contract: string): string | undefined
}

/** A contract promises something the gateway cannot decide about; it does not start. */
export class RouteRefusedError extends Error {
  override readonly name = 'RouteRefusedError'
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Compiles contracts into routes. Throws `RouteRefusedError` for an operation whose access nobody decided. */
export function compileRoutes(contracts: readonly AnyContract[]): Routes {
  const router = findMyWay({ caseSensitive: true })
  const operations = new Map<string, AnyBoundOperation>()
  const newest = new Map<string, AnyContract>()
  for (const contract of contracts) {
    if ((newest.get(contract.name)?.version ?? 0) < contract.version) newest.set(contract.name, contract)
    for (const operation of Object.values(contract.operations) as AnyBoundOperation[]) {
      if (operation.policy?.access === undefined) {
        throw new RouteRefusedError(`${operation.address} says nothing about access: give it policy: { access: … }`)
      }
      if (isServiceOnly(operation.policy)) continue
      operations.set(operation.address, operation)
      if (operation.rest !== undefined) router.on(operation.rest.method, restPath(operation.rest.path), () => {}, routeOf(operation))
    }
  }
  const methodsAt = ({ path }: CanonicalTarget): string => methods.filter((method) => router.find(method, path) !== null).join(', ')
  return {
    methodsAt,
    match(method, target) {
      const found = isMethod(method) ? router.find(method, target.path) : null
      if (found !== null) return { kind: 'found', route: found.store as Route, parameters: found.params }
      const allow = methodsAt(target)
      return allow === '' ? { kind: 'not-found' } : { kind: 'wrong-method', allow }
    },
    operation: (contractId, name) => operations.get(`${contractId}/${name}`),
    newest: (contract) => newest.get(contract)?.id,
  }
}

function isMethod(method: string): method is (typeof methods)[number] {
  return (methods as readonly string[]).includes(method)
}

function restPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

function routeOf(operation: AnyBoundOperation): Route {
  const { method, status = 200 } = operation.rest ?? { method: 'POST' }
  return { operation, status, hasBody: method !== 'GET', readQuery: compileQueryReader(operation) }
}
