import type { Instance } from './registry.ts'

const nameForm = /^[a-z0-9][a-z0-9-]{0,62}$/i

/** Throws a `TypeError` for a service name that could not be a DNS label, a path segment and a folder alike. */
export function requireServiceName(service: string): void {
  if (!nameForm.test(service))
    throw new TypeError(`A service name is letters, digits and dashes, at most 63; got ${JSON.stringify(service)}`)
}

/** Throws a `TypeError` naming the field when an instance cannot be registered; a comma would split the list of contracts. */
export function requireRegistrable({ service, id, host, port, contracts }: Instance): void {
  requireServiceName(service)
  if (id.length === 0 || id.length > 128) throw new TypeError(`An instance id has 1 to 128 characters; got ${id.length}`)
  if (host.length === 0) throw new TypeError(`Instance ${id} has no host`)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new TypeError(`Instance ${id} has no usable port: ${port}`)
  const odd = contracts.find((contract) => contract === '' || contract.includes(','))
  if (odd !== undefined) throw new TypeError(`Instance ${id} keeps a contract of an odd name: ${JSON.stringify(odd)}`)
}
