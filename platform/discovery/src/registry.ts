/** One running copy of a service that can be called. */
export interface Instance {
  /** Unique per start: a restarted service is a new instance. */
  readonly id: string
  readonly service: string
  readonly host: string
  readonly port: number
  /** Contract versions it keeps, as `orders.v1`. */
  readonly contracts: readonly string[]
  /** Where it is called on other wires, by their names (`grpc`). Announced for foreign callers; ours do not read it back. */
  readonly ports?: Readonly<Record<string, number>>
}

/** A registered instance; `deregister` takes it out of routing at once and is safe to repeat. */
export interface Registration {
  deregister(): Promise<void>
}

/** What is known of one service, kept fresh in the background. */
export interface ServiceWatch {
  /** Resolves once the registry has answered for the first time (or its last-known state was loaded). */
  readonly ready: Promise<void>
  /** Healthy instances as last heard. Kept when the registry is away. */
  instances(): readonly Instance[]
  close(): void
}

/** Whether the registry answers, and how fast. */
export interface RegistryHealth {
  readonly healthy: boolean
  readonly latencyMs: number
  readonly detail?: string
}

/** Where instances are announced and found. Backends: Consul, and files for a machine without it. */
export interface Registry {
  readonly kind: 'consul' | 'file'
  /** Announces an instance whose readiness is asked for at `http://host:port/health/ready`; keeps it announced until deregistered. */
  register(instance: Instance): Promise<Registration>
  watch(service: string): ServiceWatch
  health(): Promise<RegistryHealth>
  close(): Promise<void>
}
