import { findFreePorts, freeServerPorts, isFree, portsFrom, type ServerPorts } from '@deploy/local'

/** The ports of a whole system; services take free ones and announce them. */
export interface SystemPorts {
  readonly servers: ServerPorts
  readonly cardProvider: number
  readonly gateway: number
}

const usualGatewayPort = 8080

/** The ports of a checkout. The gateway has 8080 where that is free, and else a free one. */
export async function usualPorts(base: number): Promise<SystemPorts> {
  const [free = 0] = await findFreePorts(1)
  return { servers: portsFrom(base), cardProvider: base + 60, gateway: (await isFree(usualGatewayPort)) ? usualGatewayPort : free }
}

/** Ports that are free now: for a system beside others, such as a test's. */
export async function freePorts(): Promise<SystemPorts> {
  const servers = await freeServerPorts()
  const [cardProvider = 0, gateway = 0] = await findFreePorts(2)
  return { servers, cardProvider, gateway }
}
