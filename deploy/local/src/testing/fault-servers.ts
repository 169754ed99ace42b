import type { BrokerUser } from '../nats/nats-configuration.ts'
import { startNats } from '../nats/start-nats.ts'
import { removePostgresFolder } from '../postgres/remove-postgres-folder.ts'
import { startPostgres } from '../postgres/start-postgres.ts'
import type { LocalServer } from '../server/local-server.ts'
import { findFreePorts } from '../server/port-in-use.ts'

export interface FaultServerOptions {
  /** A folder of the test's own, where the server keeps its data. */
  readonly folder: string
  /** A free one unless said. */
  readonly port?: number
}

/** Starts a PostgreSQL of a test's own, to be killed and started again; leaving `await using` also removes its data. */
export async function startFaultyPostgres({ folder, port }: FaultServerOptions): Promise<LocalServer> {
  const server = await startPostgres({ folder, port: port ?? (await freePort()) })
  const removed = async (): Promise<void> => {
    await server.stop()
    await removePostgresFolder(folder)
  }
  return Object.defineProperty(server, Symbol.asyncDispose, { value: removed })
}

/** Starts a nats-server of a test's own, to be killed and started again; open to everybody unless it is given users. */
export async function startFaultyNats({
  folder,
  port,
  users = [],
}: FaultServerOptions & { readonly users?: readonly BrokerUser[] }): Promise<LocalServer> {
  return startNats({ folder, users, port: port ?? (await freePort()) })
}

async function freePort(): Promise<number> {
  const [port = 0] = await findFreePorts(1)
  return port
}
