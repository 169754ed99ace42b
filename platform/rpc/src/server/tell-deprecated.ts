import type { ServerResponse } from 'node:http'
import { deprecationHeaders, successorOf, type AnyBoundOperation } from '@ashlar/contract'
import type { Principal } from '@ashlar/security'
import type { Asked, Route, Target } from './routes.ts'
import { callerOf } from './shown-request.ts'

export type DeprecationHeaders = ReturnType<typeof deprecationHeaders>

/** Gives the headers of an operation that will go; `undefined` for all others. */
export function deprecationHeadersOf(operation: AnyBoundOperation): DeprecationHeaders | undefined {
  if (operation.deprecated === undefined) return undefined
  const successor = successorOf(operation)
  return deprecationHeaders(operation.deprecated, successor === undefined ? undefined : `/rpc/${successor}`)
}

/** Gives the headers of what a request asks for: of a batch those of the first operation in it that will go. */
export function deprecationIn(asked: readonly Asked[]): DeprecationHeaders | undefined {
  return asked.find(({ route }) => route?.deprecation !== undefined)?.route?.deprecation
}

/** Tells the caller, whatever the answer will be, that what was asked for will go. */
export function tellDeprecated(res: ServerResponse, { deprecation }: Target): void {
  if (deprecation === undefined) return
  for (const [name, value] of deprecation) res.setHeader(name, value)
}

/** Counts a use of an operation that will go, by who used it. */
export function countDeprecated({ operation, deprecation, telemetry }: Route, principal: Principal): void {
  if (deprecation === undefined) return
  const labels = { rpc_method: operation.address, caller: callerOf(principal) }
  telemetry?.metrics.count('rpc_server_deprecated_calls_total', labels)
}
