import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startNats } from '../nats/start-nats.ts'
import { removePostgresData } from '../postgres/remove-postgres-data.ts'
import { startPostgres } from '../postgres/start-postgres.ts'
import { ServerUnavailableError } from '../server/errors.ts'
import type { LocalServer } from '../server/local-server.ts'
import { findFreePorts } from '../server/port-in-use.ts'
import type { Found } from './server-urls.ts'

/** Vitest's global set-up: starts the servers once for a run, in a folder of their own on free ports, and ends them after it. */
export default async function startServers(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'ashlar-tests-'))
  const [postgresPort = 0, natsPort = 0] = await findFreePorts(2)
  const started: LocalServer[] = []
  const [postgres, nats] = await Promise.all([
    found(startPostgres({ folder, port: postgresPort }), started),
    found(startNats({ folder, port: natsPort }), started),
  ])
  project.provide('localServers', { postgres, nats, consul: { missing: 'not yet' } })

  return async () => {
    await Promise.all(started.map((server) => server.stop()))
    await removePostgresData(folder)
    await rm(folder, { recursive: true, force: true })
  }
}

async function found(starting: Promise<LocalServer>, started: LocalServer[]): Promise<Found> {
  try {
    const server = await starting
    started.push(server)
    return { url: server.url }
  } catch (error) {
    if (!(error instanceof ServerUnavailableError)) throw error
    return { missing: error.message }
  }
}
