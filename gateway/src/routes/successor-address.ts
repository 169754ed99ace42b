import { successorOf, type AnyBoundOperation, type AnyContract, type RestRoute } from '@ashlar/contract'
import type { Found } from './compile-routes.ts'

/** Gives the route of what replaces an operation that will go; none where it has none, or one for another method. */
export function successorRoute(operation: AnyBoundOperation, contracts: readonly AnyContract[]): RestRoute | undefined {
  const address = successorOf(operation)
  if (address === undefined) return undefined
  const operations = contracts.flatMap((contract) => Object.values<AnyBoundOperation>(contract.operations))
  const rest = operations.find((one) => one.address === address)?.rest
  return rest?.method === operation.rest?.method ? rest : undefined
}

/** Gives the address of what replaces what was asked for, for the same parameters; `undefined` where it needs others. */
export function successorAddress({ route: { successor }, parameters }: Found): string | undefined {
  if (successor === undefined) return undefined
  const address = successor.path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name]
    return value === undefined ? whole : encodeURIComponent(value)
  })
  return address.includes('{') ? undefined : address
}

/** Gives the address at which typed clients find what replaces an operation: `/trpc/orders_v2.placeOrder`. */
export function successorName(operation: AnyBoundOperation): string | undefined {
  const [contract, name] = successorOf(operation)?.split('/', 2) ?? []
  return contract === undefined || name === undefined ? undefined : `/trpc/${contract.replace('.', '_')}.${name}`
}
