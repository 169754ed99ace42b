import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startConsul } from '../consul/start-consul.ts'
import { startNats } from '../nats/start-nats.ts'
import { freeServerPorts } from '../ports.ts'
import { removePostgresFolder } from '../postgres/remove-postgres-folder.ts'
import { startPostgres } from '../postgres/start-postgres.ts'
import { ServerUnavailableError } from '../server/errors.ts'
import type { LocalServer } from '../server/local-server.ts'
import type { Found } from './server-urls.ts'

/** Vitest's global set-up: starts the servers once for a run, in a folder of their own on free ports, and ends them after it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'ashlar-tests-'))
  const ports = await freeServerPorts()
  const started: LocalServer[] = []
  const onProgress = (line: string): void => console.log(line)
  const [postgres, nats, consul] = await Promise.all([
    found(startPostgres({ folder, port: ports.postgres }), started),
    found(startNats({ folder, port: ports.nats, onProgress }), started),
    found(startConsul({ folder, ports: ports.consul, onProgress }), started),
  ])
  if ('missing' in consul) console.log('Consul is not here, so its tests are skipped: npm run servers -- consul')
  project.provide('localServers', { postgres, nats, consul })

  return async () => {
    await Promise.all(started.map((server) => server.stop()))
    await removePostgresFolder(folder)
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
