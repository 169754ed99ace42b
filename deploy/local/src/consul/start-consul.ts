import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { OnProgress, Program } from '../obtain/ways.ts'
import { askOnce } from '../server/ask-once.ts'
import { startServer, type LocalServer } from '../server/local-server.ts'
import { obtainConsul } from './obtain-consul.ts'

/** Consul listens on seven ports. */
export interface ConsulPorts {
  readonly http: number
  readonly dns: number
  readonly serfLan: number
  readonly serfWan: number
  readonly server: number
  readonly grpc: number
  readonly grpcTls: number
}

export interface ConsulOptions {
  readonly folder: string
  readonly ports: ConsulPorts
  readonly program?: Program
  readonly onProgress?: OnProgress
  /** Gives up a start under way. */
  readonly signal?: AbortSignal | undefined
}

/** Starts a Consul of one node, its page on, everything in memory: what is registered is announced again by who is alive. */
export async function startConsul({ folder, ports, program, onProgress = () => undefined, signal }: ConsulOptions): Promise<LocalServer> {
  const { file, version, origin } = program ?? (await obtainConsul('quick', onProgress))
  const home = join(folder, 'consul')
  const logFile = join(home, 'consul.log')
  const url = `http://127.0.0.1:${ports.http}`
  return startServer({
    name: 'consul',
    title: 'Consul',
    version,
    origin,
    port: ports.http,
    otherPorts: otherPorts(ports),
    url,
    logFile,
    stopSignals: { first: 'SIGTERM', last: 'SIGKILL' },
    signal,
    isReady: () => hasLeader(url),
    async prepare() {
      await mkdir(home, { recursive: true })
      return { file, args: agent(ports), cwd: home, logFile }
    },
  })
}

function otherPorts({ dns, serfLan, serfWan, server, grpc, grpcTls }: ConsulPorts): Record<string, number> {
  return { DNS: dns, 'serf LAN': serfLan, 'serf WAN': serfWan, 'server RPC': server, gRPC: grpc, 'gRPC TLS': grpcTls }
}

function agent(ports: ConsulPorts): string[] {
  const listen = ['-bind=127.0.0.1', '-client=127.0.0.1', '-node=ashlar', '-log-level=warn', '-hcl=disable_update_check=true']
  const numbers = {
    'http-port': ports.http,
    'dns-port': ports.dns,
    'serf-lan-port': ports.serfLan,
    'serf-wan-port': ports.serfWan,
    'server-port': ports.server,
    'grpc-port': ports.grpc,
    'grpc-tls-port': ports.grpcTls,
  }
  return ['agent', '-dev', ...listen, ...Object.entries(numbers).map(([name, port]) => `-${name}=${port}`)]
}

async function hasLeader(url: string): Promise<boolean> {
  const leader = await askOnce(`${url}/v1/status/leader`)
  return leader !== undefined && leader.trim() !== '""'
}
