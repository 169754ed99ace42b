import { openPool, type ConnectionPool, type Instance } from '@ashlar/discovery'
import type { Pool } from 'undici'

/** One instance as this process sees it: its connections, and what it has been asked and not answered yet. */
export interface Upstream {
  readonly instance: Instance
  readonly pool: ConnectionPool
  /** Connections for streams, apart: each is taken by one stream for as long as that lasts. Opened when first asked for. */
  streams(): ConnectionPool
  inFlight: number
  /** On the monotonic clock: until then it is asked only when nobody else is there. */
  avoidedUntil: number
  isGone: boolean
}

const avoidedForMs = 1_000
const poolOptions: Pool.Options = {
  connections: 64,
  pipelining: 1,
  // h2 to a neighbour costs half as much CPU again and gains nothing here
  allowH2: false,
  connectTimeout: 1_000,
  // the call's own deadline is the only clock
  headersTimeout: 0,
  bodyTimeout: 0,
  // shorter than the 65 s a service keeps an idle connection, so that the server never closes one we are about to use
  keepAliveTimeout: 30_000,
  maxResponseSize: 16 * 1_048_576,
}

const streamOptions: Pool.Options = {
  connections: null,
  pipelining: 1,
  allowH2: false,
  connectTimeout: 1_000,
  headersTimeout: 0,
  // four times as long as a stream without anything to say takes to show that it lives, and a little
  bodyTimeout: 45_000,
  keepAliveTimeout: 30_000,
}

/** Connections to instances, one pool each. An instance that left the registry is asked nothing new; its pool ends with its last call. */
export class Upstreams {
  readonly #known = new Map<string, Upstream>()
  readonly #streamPools = new Map<string, ConnectionPool>()

  of(instance: Instance): Upstream {
    const known = this.#known.get(instance.id)
    if (known !== undefined && known.instance.host === instance.host && known.instance.port === instance.port) return known
    if (known !== undefined) this.#forget(known)
    const origin = `http://${authority(instance)}`
    const pool = openPool(origin, poolOptions)
    let streamPool: ConnectionPool | undefined
    const streams = (): ConnectionPool => {
      if (streamPool === undefined) this.#streamPools.set(instance.id, (streamPool = openPool(origin, streamOptions)))
      return streamPool
    }
    const made: Upstream = { instance, pool, streams, inFlight: 0, avoidedUntil: 0, isGone: false }
    this.#known.set(instance.id, made)
    return made
  }

  inFlight = (id: string): number => this.#known.get(id)?.inFlight ?? 0

  /** Leaves out instances that refused or lost a connection a moment ago, unless that leaves nobody. */
  willing(instances: readonly Instance[]): readonly Instance[] {
    const now = performance.now()
    const willing = instances.filter(({ id }) => (this.#known.get(id)?.avoidedUntil ?? 0) <= now)
    return willing.length > 0 ? willing : instances
  }

  avoid(upstream: Upstream): void {
    upstream.avoidedUntil = performance.now() + avoidedForMs
  }

  started(upstream: Upstream): void {
    upstream.inFlight += 1
  }

  ended(upstream: Upstream): void {
    upstream.inFlight -= 1
    if (upstream.isGone && upstream.inFlight === 0) void upstream.pool.close()
  }

  /** Lets go of a service's instances that are no longer among those the registry names. */
  keepOnly(service: string, instances: readonly Instance[]): void {
    const ids = new Set(instances.map(({ id }) => id))
    for (const upstream of this.#known.values()) {
      if (upstream.instance.service === service && !ids.has(upstream.instance.id)) this.#forget(upstream)
    }
  }

  /** Ends every connection at once; calls in flight fail. */
  async close(): Promise<void> {
    const all = [...[...this.#known.values()].map(({ pool }) => pool), ...this.#streamPools.values()]
    this.#known.clear()
    this.#streamPools.clear()
    await Promise.all(all.map((pool) => pool.destroy()))
  }

  #forget(upstream: Upstream): void {
    upstream.isGone = true
    if (this.#known.get(upstream.instance.id) === upstream) this.#known.delete(upstream.instance.id)
    if (upstream.inFlight === 0) void upstream.pool.close()
    // ends with its last stream
    void this.#streamPools.get(upstream.instance.id)?.close()
    this.#streamPools.delete(upstream.instance.id)
  }
}

function authority({ host, port }: Instance): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
