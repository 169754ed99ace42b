import type { AnyBoundOperation } from '@ashlar/contract'
import type { Telemetry } from '@observability/telemetry'
import type { Implementation, Invoke } from './implementation.ts'
import { deprecationHeadersOf, type DeprecationHeaders } from './tell-deprecated.ts'

/** An operation that can be answered here. `path` is its address under the listener. */
export interface Route {
  readonly operation: AnyBoundOperation
  readonly invoke: Invoke
  readonly telemetry: Telemetry | undefined
  /** What callers are told of an operation that will go; made once. */
  readonly deprecation: DeprecationHeaders | undefined
}

/** What one request asks for: several operations when it is a batch. An operation nobody keeps has no route. */
export interface Asked {
  readonly name: string
  readonly route: Route | undefined
}

export interface Target {
  readonly asked: readonly Asked[]
  readonly isBatch: boolean
  /** The `input` of the query string, decoded. */
  readonly queryInput: string | undefined
  readonly deprecation: DeprecationHeaders | undefined
}

export const rpcPrefix = '/rpc/'

/** Makes the table a path is looked up in. Throws `TypeError` when a contract is served twice or an operation is not kept. */
export function routesOf(implementations: readonly Implementation[]): ReadonlyMap<string, Target> {
  const targets = new Map<string, Target>()
  for (const { contract, invoke, telemetry } of implementations) {
    for (const [name, operation] of Object.entries(contract.operations)) {
      const path = rpcPrefix + operation.address
      const answer = invoke.get(name)
      if (answer === undefined) throw new TypeError(`${operation.address} is promised but nobody keeps it`)
      if (targets.has(path)) throw new TypeError(`${contract.id} is served twice by one listener`)
      const deprecation = deprecationHeadersOf(operation)
      const route = { operation, invoke: answer, telemetry, deprecation }
      targets.set(path, { asked: [{ name, route }], isBatch: false, queryInput: undefined, deprecation })
    }
  }
  return targets
}
