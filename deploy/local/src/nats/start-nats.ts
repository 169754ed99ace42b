import { mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { OnProgress, Program } from '../obtain/ways.ts'
import { startServer, type LocalServer } from '../server/local-server.ts'
import { obtainNats } from './obtain-nats.ts'

export interface NatsOptions {
  readonly folder: string
  readonly port: number
  readonly program?: Program
  readonly onProgress?: OnProgress
}

/** Starts nats-server with JetStream, its streams kept in a folder of ours. */
export async function startNats({ folder, port, program, onProgress = () => undefined }: NatsOptions): Promise<LocalServer> {
  const { file, version, origin } = program ?? (await obtainNats(onProgress))
  const home = join(folder, 'nats')
  const configFile = join(home, 'nats.conf')
  const logFile = join(home, 'nats.log')
  return startServer({
    name: 'nats',
    title: 'nats-server',
    version,
    origin,
    port,
    url: `nats://127.0.0.1:${port}`,
    logFile,
    stopSignals: { first: 'SIGTERM', last: 'SIGKILL' },
    isReady: () => greets(port),
    async prepare() {
      await mkdir(home, { recursive: true })
      await writeFile(configFile, configuration(port, join(home, 'jetstream')))
      return { file, args: ['-c', configFile], cwd: home, logFile }
    },
  })
}

function configuration(port: number, store: string): string {
  return `# Written at every start.
host: 127.0.0.1
port: ${port}
max_payload: 1MB
jetstream {
  store_dir: ${JSON.stringify(store)}
  max_memory_store: 64MB
  max_file_store: 10GB
}
`
}

/** The server speaks first: `INFO {…}`, which says whether JetStream is on. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const settle = (ready: boolean): void => {
      socket.destroy()
      resolve(ready)
    }
    socket.setTimeout(1_000, () => settle(false))
    socket.once('error', () => settle(false))
    socket.once('close', () => settle(false))
    socket.once('data', (greeting) => settle(greeting.toString('utf8').includes('"jetstream":true')))
  })
}
