import { mkdir } from 'node:fs/promises'
import { startServer, type LocalServer } from '../server/local-server.ts'
import { postgresBinaries } from './binaries.ts'
import { healLeftover } from './leftover.ts'
import { userForPostgres } from './other-user.ts'
import { initialise } from './initialise.ts'
import { postgresFolderOf } from './postgres-folder.ts'
import { superuserPassword } from './superuser-password.ts'
import { takesClients } from './takes-clients.ts'

export interface PostgresOptions {
  readonly folder: string
  readonly port: number
  /** Whether a server of this folder, left running by a supervisor that died, may be ended; only for who holds the folder's lock. */
  readonly endOrphan?: boolean
  /** Gives up a start under way. */
  readonly signal?: AbortSignal | undefined
}

// Small: eight services and their tests share it with everything else on a laptop.
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '16MB',
  // Each process of its own costs 7 to 15 MB here: reading ahead is done by who reads, and nothing is replicated.
  io_method: 'sync',
  max_logical_replication_workers: '0',
  max_connections: '200',
  max_wal_size: '256MB',
  log_line_prefix: '%m [%p] %d ',
  timezone: 'UTC',
}

/**
 * Starts PostgreSQL on a folder of ours, making its data first if need be; as root it runs as another user. Throws
 * `StateDamagedError`, saying what to do, as soon as it answers that its files are damaged.
 */
export async function startPostgres({ folder, port, endOrphan = false, signal }: PostgresOptions): Promise<LocalServer> {
  await mkdir(folder, { recursive: true })
  const user = await userForPostgres()
  const binaries = await postgresBinaries({ forOtherUser: user !== undefined })
  const place = await postgresFolderOf(folder, user)
  await healLeftover(place.data, { endOrphan })
  await initialise(place, { binaries, user, signal })
  const url = `postgres://ashlar:${await superuserPassword(place, binaries, user)}@127.0.0.1:${port}/postgres`
  const choices = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])

  return startServer({
    name: 'postgres',
    title: 'PostgreSQL',
    version: binaries.version,
    origin: binaries.origin,
    port,
    url,
    logFile: place.logFile,
    // "Fast" shutdown: open transactions are rolled back; "immediate" if that takes too long: the log is replayed at the next start.
    stopSignals: { first: 'SIGINT', last: 'SIGQUIT' },
    remedy: `Should its data in ${place.data} be damaged, put it back; or start without any data: npm run dev -- --fresh, which forgets all orders, customers, mails and keys`,
    signal,
    isReady: () => takesClients(url, place),
    async prepare() {
      await healLeftover(place.data, { endOrphan: true })
      return {
        file: binaries.postgres,
        args: ['-D', place.data, '-p', String(port), ...choices],
        cwd: place.home,
        logFile: place.logFile,
        user,
      }
    },
  })
}
