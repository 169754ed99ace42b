import type { Registry } from '@ashlar/discovery'
import { catalogue } from '@contracts/catalogue'

/** A registry that knows one instance of catalogue, and nothing else: what is measured is the call. */
export function oneInstance(port: number): Registry {
  const instances = [{ id: 'catalogue-1', service: 'catalogue', host: '127.0.0.1', port, contracts: [catalogue.id] }]
  return {
    kind: 'file',
    register: () => Promise.resolve({ deregister: () => Promise.resolve() }),
    watch: () => ({ ready: Promise.resolve(), instances: () => instances, close: () => undefined }),
    health: () => Promise.resolve({ healthy: true, latencyMs: 0 }),
    close: () => Promise.resolve(),
  }
}
