import type { ConsulPorts } from './consul/start-consul.ts'
import { findFreePorts } from './server/port-in-use.ts'

/** The ports of one system's servers. */
export interface ServerPorts {
  readonly postgres: number
  readonly nats: number
  readonly consul: ConsulPorts
}

/** Where ports begin unless `ASHLAR_PORT_BASE` says otherwise. */
export const defaultPortBase = 4700
const lowest = 1024
const highest = 65_000

/** Reads `ASHLAR_PORT_BASE`. Throws, naming it, when it is not a usable number. */
export function readPortBase(text: string | undefined): number {
  if (text === undefined || text === '') return defaultPortBase
  const base = Number(text)
  if (Number.isInteger(base) && base >= lowest && base <= highest) return base
  throw new RangeError(`ASHLAR_PORT_BASE is "${text}": it must be a whole number from ${lowest} to ${highest}, such as 4800`)
}

/** The port table: a base and fixed distances from it, so that checkouts 100 apart never meet. */
export function portsFrom(base: number): ServerPorts {
  return {
    nats: base + 22,
    postgres: base + 32,
    consul: {
      http: base + 50,
      dns: base + 51,
      serfLan: base + 52,
      serfWan: base + 53,
      server: base + 54,
      grpc: base + 55,
      grpcTls: base + 56,
    },
  }
}

/** A table of ports that are free now, for tests and second copies. */
export async function freeServerPorts(): Promise<ServerPorts> {
  const [nats = 0, postgres = 0, http = 0, dns = 0, serfLan = 0, serfWan = 0, server = 0, grpc = 0, grpcTls = 0] = await findFreePorts(9)
  return { nats, postgres, consul: { http, dns, serfLan, serfWan, server, grpc, grpcTls } }
}
