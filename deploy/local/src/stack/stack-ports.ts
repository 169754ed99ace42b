import { defaultPortBase } from '../ports.ts'
import { findFreePorts } from '../server/port-in-use.ts'

/** The ports of the observability stack. */
export interface StackPorts {
  readonly collector: { readonly otlpHttp: number; readonly otlpGrpc: number; readonly health: number; readonly metrics: number }
  readonly prometheus: { readonly http: number }
  readonly loki: { readonly http: number; readonly grpc: number }
  readonly jaeger: JaegerPorts
}

export interface JaegerPorts {
  readonly query: number
  readonly queryGrpc: number
  /** Where the collector sends traces. */
  readonly otlpHttp: number
  readonly health: number
  readonly metrics: number
}

/**
 * The port table. What people and programs look for has the port it is known by (4318, 9090, …) unless the base is another
 * one than usual; then all of them lie beside the base, so that checkouts 100 apart never meet.
 */
export function stackPortsFrom(base: number): StackPorts {
  const isUsual = base === defaultPortBase
  const known = (usual: number, distance: number): number => (isUsual ? usual : base + distance)
  return {
    collector: { otlpGrpc: known(4317, 70), otlpHttp: known(4318, 71), health: base + 72, metrics: base + 73 },
    prometheus: { http: known(9090, 74) },
    loki: { http: known(3100, 75), grpc: base + 76 },
    jaeger: { query: known(16686, 77), queryGrpc: base + 78, otlpHttp: base + 79, health: base + 80, metrics: base + 81 },
  }
}

/** A table of ports that are free now, for tests. */
export async function freeStackPorts(): Promise<StackPorts> {
  const free = await findFreePorts(12)
  const next = (): number => free.pop() ?? 0
  return {
    collector: { otlpHttp: next(), otlpGrpc: next(), health: next(), metrics: next() },
    prometheus: { http: next() },
    loki: { http: next(), grpc: next() },
    jaeger: { query: next(), queryGrpc: next(), otlpHttp: next(), health: next(), metrics: next() },
  }
}
