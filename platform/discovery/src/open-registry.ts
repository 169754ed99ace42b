import { fileURLToPath } from 'node:url'
import { openConsulRegistry } from './consul/consul-registry.ts'
import { openFileRegistry } from './file/file-registry.ts'
import type { RegistryOptions } from './registry-options.ts'
import type { Registry } from './registry.ts'

/**
 * Opens the registry an address names: `http://host:port` is Consul's HTTP API, `file:///path` a folder on this machine.
 * Connects to nothing yet. Throws a `TypeError` for any other address, and for one that carries a user or password.
 */
export function openRegistry(url: string, options: RegistryOptions): Registry {
  const address = URL.parse(url)
  if (address?.protocol === 'file:') return openFileRegistry(fileURLToPath(address), options)
  if (address?.protocol !== 'http:' && address?.protocol !== 'https:') {
    throw new TypeError('A registry address is http://host:port (Consul) or file:///folder')
  }
  if (address.username !== '' || address.password !== '') throw new TypeError('A registry address carries no secret: give the token apart')
  return openConsulRegistry(address.origin, options)
}
