import { defaultPortBase, findFreePorts, freeServerPorts, isFree, portsFrom, stackPortsFrom, type ServerPorts } from '@deploy/local'

/** The ports of a whole system; services take free ones and announce them. */
export interface SystemPorts {
  readonly servers: ServerPorts
  readonly cardProvider: number
  readonly gateway: number
  /** Where processes send what is seen of them: the collector's, or the supervisor's own. */
  readonly otlp: number
}

/** The ports of a checkout. The gateway has 8080, or its own distance from a base that was asked for; where that is taken, a free one. */
export async function usualPorts(base: number): Promise<SystemPorts> {
  const [free = 0] = await findFreePorts(1)
  const usual = base === defaultPortBase ? 8080 : base + 90
  const gateway = (await isFree(usual)) ? usual : free
  return { servers: portsFrom(base), cardProvider: base + 60, gateway, otlp: stackPortsFrom(base).collector.otlpHttp }
}

/** Ports that are free now: for a system beside others, such as a test's. */
export async function freePorts(): Promise<SystemPorts> {
  const servers = await freeServerPorts()
  const [cardProvider = 0, gateway = 0, otlp = 0] = await findFreePorts(3)
  return { servers, cardProvider, gateway, otlp }
}
