import type { ContractProblem } from './contract-refused.ts'
import type { AnyOperation } from './operation.ts'

const accessHint = "say who: 'open', 'customer', { roles: […] } or { services: […] }"
// Anonymous callers would share one set of keys: one would be given the answer to another.
const openKeyHint = "leave it out and make a repeat harmless by what is asked, or ask who it is: access: 'customer'"

/** Lists what is missing or empty in who may ask, and what cannot be promised about repeating. */
export function policyProblems({ kind, policy }: AnyOperation, path: string): ContractProblem[] {
  // Types forbid most of this; contracts written in JavaScript or with a cast get here all the same.
  const { access, idempotency }: { access?: unknown; idempotency?: unknown } = policy ?? {}
  return [
    ...accessProblems(access, `${path}.policy.access`),
    ...(idempotency !== undefined && (kind === 'query' || kind === 'subscription')
      ? [{ path: `${path}.policy.idempotency`, problem: `a ${kind} can be repeated anyway`, hint: 'leave it out, or declare a mutation' }]
      : []),
    ...(idempotency === 'key' && access === 'open' && kind === 'mutation'
      ? [{ path: `${path}.policy.idempotency`, problem: 'a key belongs to whoever asks, and here that may be nobody', hint: openKeyHint }]
      : []),
    ...(idempotency !== undefined && idempotency !== 'key'
      ? [{ path: `${path}.policy.idempotency`, problem: 'the only idempotency there is goes by key', hint: "use idempotency: 'key'" }]
      : []),
  ]
}

function accessProblems(access: unknown, path: string): ContractProblem[] {
  if (access === undefined) return [{ path, problem: 'nobody is said to have access', hint: accessHint }]
  if (access === 'open' || access === 'customer') return []
  const lists = typeof access === 'object' && access !== null ? Object.entries(access) : []
  const [list, ...others] = lists
  if (list === undefined || others.length > 0 || !['roles', 'services'].includes(list[0]))
    return [{ path, problem: 'this access is not known', hint: accessHint }]

  const [sort, names] = list
  if (!Array.isArray(names) || names.length === 0)
    return [{ path: `${path}.${sort}`, problem: 'the list is empty, so nobody may ask', hint: 'name at least one' }]
  return names.every((name) => typeof name === 'string' && name !== '')
    ? []
    : [{ path: `${path}.${sort}`, problem: 'a name in the list is empty', hint: 'name each one' }]
}
