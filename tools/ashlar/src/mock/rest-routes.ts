import type { AnyBoundOperation, AnyContract, RestRoute } from '@ashlar/contract'

/** One route of the gateway that a mock answers as well. */
export interface RestMatch {
  readonly operation: AnyBoundOperation
  readonly rest: RestRoute
  /** Fields of the input that the address holds. */
  readonly fields: Readonly<Record<string, string>>
}

export interface RestRoutes {
  /** Gives what answers there, or the methods that would; neither where nothing does. Throws `URIError` for an address that cannot be read. */
  find(method: string, path: string): { readonly match?: RestMatch; readonly allow: readonly string[] }
}

/** Compiles the REST routes of a contract, but those of subscriptions. A part that is said outright comes before one that is a field. */
export function restRoutes(contract: AnyContract): RestRoutes {
  const routes = Object.values<AnyBoundOperation>(contract.operations).flatMap((operation) => {
    const { rest } = operation
    return rest === undefined || operation.kind === 'subscription' ? [] : [{ operation, rest, parts: rest.path.split('/') }]
  })
  const byFields = routes.toSorted((one, other) => fieldCount(one.rest) - fieldCount(other.rest))
  return {
    find(method, path) {
      const given = path.split('/').map(decodeURIComponent)
      const there = byFields.flatMap(({ operation, rest, parts }): RestMatch[] => {
        const fields = fieldsIn(parts, given)
        return fields === undefined ? [] : [{ operation, rest, fields }]
      })
      // a HEAD is answered as a GET, without its body
      const match = there.find(({ rest }) => rest.method === (method === 'HEAD' ? 'GET' : method))
      return { ...(match && { match }), allow: there.map(({ rest }) => rest.method) }
    },
  }
}

function fieldCount({ path }: RestRoute): number {
  return path.split('{').length
}

function fieldsIn(parts: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  if (parts.length !== given.length) return undefined
  const fields: Record<string, string> = {}
  for (const [at, part] of parts.entries()) {
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? []
    const value = given[at] ?? ''
    if (name === undefined ? part !== value : value === '') return undefined
    if (name !== undefined) fields[name] = value
  }
  return fields
}
