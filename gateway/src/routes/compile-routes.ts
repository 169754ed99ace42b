import { isServiceOnly, type AnyBoundOperation, type AnyContract, type RestRoute } from '@ashlar/contract'
import findMyWay from 'find-my-way'
import type { CanonicalTarget } from '../http/canonical-target.ts'
import { successorRoute } from './successor-address.ts'
import { compileQueryReader, type QueryReader } from './query-input.ts'

/** One REST route, compiled from a contract. */
export interface Route {
  readonly operation: AnyBoundOperation
  readonly status: number
  readonly hasBody: boolean
  /** What replaces an operation that will go, where that has a route for the same method. */
  readonly successor?: RestRoute
  readonly readQuery: QueryReader
}

export interface Found {
  readonly kind: 'found'
  readonly route: Route
  readonly parameters: Readonly<Record<string, string | undefined>>
}

export type Match = Found | { readonly kind: 'wrong-method'; readonly allow: string } | { readonly kind: 'not-found' }

export interface Routes {
  /** A `HEAD` is answered by whoever answers `GET`. */
  match(method: string, target: CanonicalTarget): Match
  /** Methods answered at an address; empty when there is none. */
  methodsAt(target: CanonicalTarget): string
  /** An operation as typed clients name it: `orders.placeOrder` of the newest major, `orders_v1.placeOrder` of that one; none that only services may call. */
  named(name: string): AnyBoundOperation | undefined
}

/** A contract promises something the gateway cannot decide about; it does not start. */
export class RouteRefusedError extends Error {
  override readonly name = 'RouteRefusedError'
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Compiles contracts into routes. Throws `RouteRefusedError` for an operation whose access nobody decided, and for two operations at one address. */
export function compileRoutes(contracts: readonly AnyContract[]): Routes {
  const router = findMyWay({ caseSensitive: true })
  const byName = new Map<string, AnyBoundOperation>()
  for (const contract of contracts.toSorted((one, other) => one.version - other.version)) {
    for (const [name, operation] of Object.entries<AnyBoundOperation>(contract.operations)) {
      requireDecision(operation)
      if (isServiceOnly(operation.policy)) continue
      byName.set(`${contract.name}_v${contract.version}.${name}`, operation)
      // the newest comes last and takes the plain name
      byName.set(`${contract.name}.${name}`, operation)
      if (operation.rest !== undefined) claim(router, operation, successorRoute(operation, contracts))
    }
    forgetOlder(byName, contract)
  }
  const methodsAt = ({ path }: CanonicalTarget): string =>
    methods.flatMap((method) => (router.find(method, path) === null ? [] : method === 'GET' ? [method, 'HEAD'] : [method])).join(', ')
  return {
    methodsAt,
    match(method, target) {
      const found = isMethod(method) ? router.find(method === 'HEAD' ? 'GET' : method, target.path) : null
      if (found !== null) return { kind: 'found', route: found.store as Route, parameters: found.params }
      const allow = methodsAt(target)
      return allow === '' ? { kind: 'not-found' } : { kind: 'wrong-method', allow }
    },
    named: (name) => byName.get(name),
  }
}

function requireDecision({ policy, address }: AnyBoundOperation): void {
  // contracts written in another language, or around the types, may lack it
  const access = (policy as { access?: unknown } | undefined)?.access
  if (access === undefined) throw new RouteRefusedError(`${address} says nothing about access: give it policy: { access: … }`)
}

function claim(router: findMyWay.Instance<findMyWay.HTTPVersion.V1>, operation: AnyBoundOperation, successor: RestRoute | undefined): void {
  const { method, path, status = 200 } = operation.rest ?? { method: 'POST', path: '/' }
  const route: Route = {
    operation,
    status,
    hasBody: method !== 'GET',
    readQuery: compileQueryReader(operation),
    ...(successor === undefined ? {} : { successor }),
  }
  try {
    router.on(method, path.replaceAll(/\{(\w+)\}/g, ':$1'), () => {}, route)
  } catch (cause) {
    throw new RouteRefusedError(`${operation.address} cannot have ${method} ${path}: another operation answers there`, { cause })
  }
}

/** What a newer major no longer promises is not there under the plain name. */
function forgetOlder(byName: Map<string, AnyBoundOperation>, { name, version }: AnyContract): void {
  for (const [key, operation] of byName) if (key.startsWith(`${name}.`) && operation.version !== version) byName.delete(key)
}

function isMethod(method: string): method is (typeof methods)[number] | 'HEAD' {
  return method === 'HEAD' || (methods as readonly string[]).includes(method)
}
