import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** A Consul agent of a test's own, which can be killed and started again, empty, at the same address. */
export interface ConsulForTest {
  readonly url: string
  start(): Promise<void>
  kill(): Promise<void>
}

/** Finds a Consul program: `ASHLAR_CONSUL_BIN`, else the first on the path. */
export function findConsul(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env.ASHLAR_CONSUL_BIN
  const candidates = named === undefined ? (env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'consul')) : [named]
  return candidates.find((candidate) => existsSync(candidate))
}

/** Prepares an agent on free ports of 127.0.0.1, in memory only; nothing runs before `start`. */
export async function prepareConsul(program: string): Promise<ConsulForTest> {
  const [http, server, serfLan, serfWan] = await freePorts(4)
  const ports = [`-http-port=${http}`, `-server-port=${server}`, `-serf-lan-port=${serfLan}`, `-serf-wan-port=${serfWan}`]
  const unused = ['-dns-port=-1', '-grpc-port=-1', '-grpc-tls-port=-1', '-hcl', 'disable_update_check = true']
  const url = `http://127.0.0.1:${http}`
  let child: ChildProcess | undefined
  return {
    url,
    async start() {
      child = spawn(program, ['agent', '-dev', '-bind=127.0.0.1', '-client=127.0.0.1', '-log-level=error', ...ports, ...unused], {
        stdio: 'ignore',
      })
      await untilLeading(url, child)
    },
    async kill() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

async function untilLeading(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const leader = await fetch(`${url}/v1/status/leader`)
      .then((response) => response.text())
      .catch(() => '""')
    if (leader.includes(':')) return
    await wait(50)
  }
  throw new Error(`consul ended with ${child.exitCode} before it led`)
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map((server) => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no free port')
    return address.port
  })
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
