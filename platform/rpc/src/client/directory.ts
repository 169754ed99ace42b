import type { Instance, Registry, ServiceWatch } from '@ashlar/discovery'
import type { Upstreams } from './upstreams.ts'

interface Watched {
  readonly watch: ServiceWatch
  isReady: boolean
  seen: readonly Instance[]
  readonly keepers: Map<string, readonly Instance[]>
}

/** Who keeps which contract, as the registry last said. Each service is watched from the first call on. */
export class Directory {
  readonly #registry: Registry
  readonly #upstreams: Upstreams
  readonly #watched = new Map<string, Watched>()

  constructor(registry: Registry, upstreams: Upstreams) {
    this.#registry = registry
    this.#upstreams = upstreams
  }

  /** Resolves once the registry has spoken of a service; at once when it has before. */
  ready(service: string): Promise<void> | undefined {
    const watched = this.#watch(service)
    return watched.isReady ? undefined : watched.watch.ready
  }

  /** Gives the healthy instances that keep a contract version. */
  keepersOf(service: string, contractId: string): readonly Instance[] {
    const watched = this.#watch(service)
    const now = watched.watch.instances()
    if (now !== watched.seen) {
      watched.seen = now
      watched.keepers.clear()
      this.#upstreams.keepOnly(service, now)
    }
    const known = watched.keepers.get(contractId)
    if (known !== undefined) return known
    const keepers = now.filter(({ contracts }) => contracts.includes(contractId))
    watched.keepers.set(contractId, keepers)
    return keepers
  }

  close(): void {
    for (const { watch } of this.#watched.values()) watch.close()
    this.#watched.clear()
  }

  #watch(service: string): Watched {
    const known = this.#watched.get(service)
    if (known !== undefined) return known
    const watched: Watched = { watch: this.#registry.watch(service), isReady: false, seen: [], keepers: new Map() }
    this.#watched.set(service, watched)
    void noteReady(watched)
    return watched
  }
}

async function noteReady(watched: Watched): Promise<void> {
  try {
    await watched.watch.ready
    watched.isReady = true
  } catch {
    // whoever waits for it hears of the failure
  }
}
