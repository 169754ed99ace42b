import type { AnyBoundOperation } from '@ashlar/contract'
import type { CanonicalTarget } from '../http/canonical-target.ts'
import { FaultError } from '../http/fault-error.ts'
import type { Routes } from '../routes/compile-routes.ts'

export const trpcPrefix = '/trpc/'
const maxBatch = 20

/** What a request under `/trpc/` asks for, in its order. */
export interface NamedCalls {
  readonly names: readonly string[]
  readonly isBatch: boolean
}

export interface Named {
  readonly operation: AnyBoundOperation
}

/** Reads the names out of an address. Throws `batch_too_large`. */
export function namesIn({ path, query }: CanonicalTarget): NamedCalls {
  const named = decodeURIComponent(path.slice(trpcPrefix.length))
  const isBatch = query.get('batch') === '1'
  const names = isBatch ? named.split(',') : [named]
  if (names.length > maxBatch)
    throw new FaultError({ status: 400, code: 'batch_too_large', detail: `a batch holds at most ${maxBatch} calls: send several` })
  return { names, isBatch }
}

/** Gives the operation a name stands for. Throws `unknown_operation`. */
export function operationAt(routes: Routes, name: string): AnyBoundOperation {
  const operation = routes.named(name)
  if (operation === undefined)
    throw new FaultError({
      status: 404,
      code: 'unknown_operation',
      detail: 'there is no operation of that name: write <contract>.<operation>',
    })
  return operation
}

/** Throws `method_not_supported` unless a query or a subscription comes by GET or POST, a mutation by POST. */
export function requireMethod(method: string | undefined, { name, kind }: AnyBoundOperation): void {
  if (method === 'POST' || (method === 'GET' && kind !== 'mutation')) return
  const allow = kind === 'mutation' ? 'POST' : 'GET, POST'
  throw new FaultError({
    status: 405,
    code: 'method_not_supported',
    detail: `${name} ${kind === 'mutation' ? 'changes something' : 'only reads'}: send it by ${allow}`,
    allow,
  })
}

/** Gives the subscription that is asked for, if it is one. Throws `batch_mixed` for one in a batch. */
export function subscriptionIn(routes: Routes, { names, isBatch }: NamedCalls): { name: string; operation: AnyBoundOperation } | undefined {
  const followed = names.flatMap((name) => {
    const operation = routes.named(name)
    return operation?.kind === 'subscription' ? [{ name, operation }] : []
  })
  if (isBatch && followed.length > 0)
    throw new FaultError({ status: 400, code: 'batch_mixed', detail: 'a subscription is asked for alone, not in a batch' })
  return followed[0]
}
