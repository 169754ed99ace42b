import type { AnyContract } from '@ashlar/contract'
import type { Instance, Registry } from '@ashlar/discovery'

/** A registry that knows one instance of one service: where a provider, or who stands in for it, listens. */
export function oneInstance({ name, id }: AnyContract, { host, port }: { host: string; port: number }): Registry {
  const instance: Instance = { id: `${name}-pact`, service: name, host, port, contracts: [id] }
  return {
    kind: 'file',
    register: () => Promise.resolve({ deregister: () => Promise.resolve() }),
    watch: (service) => ({ ready: Promise.resolve(), instances: () => (service === name ? [instance] : []), close: () => undefined }),
    health: () => Promise.resolve({ healthy: true, latencyMs: 0 }),
    close: () => Promise.resolve(),
  }
}
