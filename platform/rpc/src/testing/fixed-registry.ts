import type { Instance, Registry } from '@ashlar/discovery'

export interface FixedRegistry extends Registry {
  /** Replaces what is known, as a registry does when an instance comes or goes. */
  set(instances: readonly Instance[]): void
}

/** A registry that knows exactly the instances it is given. */
export function fixedRegistry(initial: readonly Instance[] = []): FixedRegistry {
  let known = initial
  let byService = new Map<string, readonly Instance[]>()
  const instancesOf = (service: string) => {
    const seen = byService.get(service) ?? known.filter((instance) => instance.service === service)
    byService.set(service, seen)
    return seen
  }
  return {
    kind: 'file',
    set: (instances) => {
      known = instances
      byService = new Map()
    },
    register: (instance) => {
      known = [...known, instance]
      byService = new Map()
      return Promise.resolve({ deregister: () => Promise.resolve() })
    },
    watch: (service) => ({ ready: Promise.resolve(), instances: () => instancesOf(service), close: () => undefined }),
    health: () => Promise.resolve({ healthy: true, latencyMs: 0 }),
    close: () => Promise.resolve(),
  }
}
