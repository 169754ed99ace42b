import type { ServerResponse } from 'node:http'
import { deprecationHeaders, type AnyBoundOperation } from '@ashlar/contract'

/** Tells the caller, whatever the answer will be, that an operation will go. In a batch the first of them is told of. */
export function tellDeprecated(response: ServerResponse, { deprecated }: AnyBoundOperation, successor: string | undefined): void {
  if (deprecated === undefined || response.hasHeader('deprecation')) return
  for (const [name, value] of deprecationHeaders(deprecated, successor)) response.setHeader(name, value)
}
