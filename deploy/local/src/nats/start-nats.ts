import { mkdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { OnProgress, Program } from '../obtain/ways.ts'
import { lengthOf } from '../server/log-end.ts'
import { startServer } from '../server/local-server.ts'
import { writeWhole } from '../system/write-whole.ts'
import { brokerPasswords } from './broker-passwords.ts'
import { mendFolder, unreadableFolders } from './mend-store.ts'
import { natsConfiguration, type BrokerUser } from './nats-configuration.ts'
import type { NatsServer } from './nats-server.ts'
import { obtainNats } from './obtain-nats.ts'
import { reload } from './reload.ts'

export interface NatsOptions {
  readonly folder: string
  readonly port: number
  /** Who may connect (`brokerUrlOf` gives each its address). Without any the broker is open, as tests of one package like it. */
  readonly users?: readonly BrokerUser[]
  readonly program?: Program
  readonly onProgress?: OnProgress
  /** Gives up a start under way. */
  readonly signal?: AbortSignal | undefined
}

/** Starts nats-server with JetStream, its streams kept in a folder of ours. */
export async function startNats({
  folder,
  port,
  users = [],
  program,
  onProgress = () => undefined,
  signal,
}: NatsOptions): Promise<NatsServer> {
  const { file, version, origin } = program ?? (await obtainNats(onProgress))
  const home = join(folder, 'nats')
  const configFile = join(home, 'nats.conf')
  const logFile = join(home, 'nats.log')
  const store = join(home, 'jetstream')
  let startedAt = 0
  // Once for all starts: processes keep the password they were given when the broker comes back.
  let known = await withPasswords(folder, users)
  const writeConfiguration = (): Promise<void> => writeWhole(configFile, natsConfiguration({ port, store, users: known }), { mode: 0o600 })
  const server = await startServer({
    name: 'nats',
    title: 'nats-server',
    version,
    origin,
    port,
    url: `nats://127.0.0.1:${port}`,
    logFile,
    stopSignals: { first: 'SIGTERM', last: 'SIGKILL' },
    signal,
    isReady: () => greets(port),
    remedy: [
      `Should its data in ${store} be damaged, remove ${home} and start again: services publish again what they sent in the last seven days,`,
      'and only dead letters and older messages are lost. npm run dev -- --fresh would forget all orders and customers too.',
    ].join('\n'),
    findDamage: () => unreadableFolders(store, { logFile, from: startedAt }),
    async mend(folder) {
      await mendFolder(folder)
      onProgress(`nats-server could not read ${folder}: it begins anew there, and loses no message`)
    },
    async prepare() {
      await mkdir(home, { recursive: true })
      startedAt = await lengthOf(logFile)
      await writeConfiguration()
      return { file, args: ['-c', configFile], cwd: home, logFile }
    },
  })
  // onto the server itself: its process is another after each start
  return Object.assign(server, {
    async admit(admitted: readonly BrokerUser[]) {
      known = await withPasswords(folder, admitted)
      await writeConfiguration()
      if (server.pid !== undefined) await reload(server.pid, logFile)
    },
  })
}

async function withPasswords(folder: string, users: readonly BrokerUser[]): Promise<(BrokerUser & { readonly password: string })[]> {
  const names = users.map(({ name }) => name)
  const passwords = await brokerPasswords(folder, names)
  return users.map((user) => ({ ...user, password: passwords.get(user.name)! }))
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
