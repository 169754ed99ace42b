import { natsOperator, type Bus } from '@ashlar/messaging'
import { brokerUrlOf, prepareKeys, startLocalServers, type KeyFiles, type LocalServer, type LocalServers } from '@deploy/local'
import { brokerUsers } from './broker-users.ts'
import { prepareStores } from './prepare-stores.ts'
import { makeStreams, prepareStreams } from './prepare-streams.ts'
import { findServices } from './programs.ts'
import type { Step } from './step.ts'
import type { SystemOptions } from './system-options.ts'

/** What processes stand on: servers, databases, keys. */
export interface SystemFoundations {
  readonly servers: LocalServers
  readonly keys: KeyFiles
  /** Each service's database, with its password; services that come later are added. */
  readonly databaseUrls: Map<string, string>
  /** The broker's address for each service, with its password; services that come later are added. */
  readonly natsUrls: Map<string, string>
  /** The operator's connection, which makes streams again that the broker lost; to be closed before the servers stop. */
  readonly operator: Bus
}

/** Starts the servers and prepares what every service of the repository needs there, whichever of them will run. */
export async function startFoundations(options: SystemOptions): Promise<SystemFoundations> {
  const { root, folder, ports, onStep = () => undefined, signal } = options
  const services = findServices(root)
  const servers = await startLocalServers({
    folder,
    ports: ports.servers,
    brokerUsers: brokerUsers(root, services),
    ...(options.consul === undefined ? {} : { consul: options.consul }),
    ...(options.data === undefined ? {} : { data: options.data }),
    signal,
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    onStarted: (server, tookMs) => onStep(serverStep(server, tookMs)),
  })
  try {
    if (servers.consul === undefined)
      onStep({
        outcome: 'absent',
        what: 'Consul',
        how: 'not here; services meet in .ashlar/registry. To have it: npm run servers -- consul',
      })
    signal?.throwIfAborted()
    const from = performance.now()
    const natsUrls = await brokerUrls([...services, natsOperator], { folder, url: servers.nats.url })
    const [databaseUrls, keys] = await Promise.all([
      prepareStores({ root, folder, adminUrl: servers.postgres.url, services }),
      prepareKeys({ folder, names: [...services, 'gateway'] }),
    ])
    onStep({
      outcome: 'done',
      what: `${services.length} ${services.length === 1 ? 'database' : 'databases'}`,
      how: 'migrated and seeded',
      tookMs: performance.now() - from,
    })
    signal?.throwIfAborted()
    // Last, for it stays open.
    const operator = await prepareStreams({ url: natsUrls.get(natsOperator)!, services })
    return { servers, keys, databaseUrls: new Map(databaseUrls), natsUrls: new Map(natsUrls), operator }
  } catch (error) {
    await servers.stop()
    throw error
  }
}

/** Prepares what a service needs that has come into the repository since, while everything runs. Safe to repeat. */
export async function prepareNewService(
  service: string,
  { options: { root, folder }, foundations }: { options: SystemOptions; foundations: SystemFoundations },
): Promise<void> {
  const { servers, operator, databaseUrls, natsUrls } = foundations
  const services = findServices(root)
  await servers.nats.admit(brokerUsers(root, services))
  const [broker, databases] = await Promise.all([
    brokerUrls([service], { folder, url: servers.nats.url }),
    prepareStores({ root, folder, adminUrl: servers.postgres.url, services: [service] }),
    prepareKeys({ folder, names: [...services, 'gateway'] }),
    makeStreams(operator, [service]),
  ])
  for (const [name, url] of broker) natsUrls.set(name, url)
  for (const [name, url] of databases) databaseUrls.set(name, url)
}

async function brokerUrls(users: readonly string[], broker: { folder: string; url: string }): Promise<ReadonlyMap<string, string>> {
  const urls = await Promise.all(users.map(async (user) => [user, (await brokerUrlOf(user, broker))!] as const))
  return new Map(urls)
}

function serverStep({ title, version, origin, port }: LocalServer, tookMs: number): Step {
  return { outcome: 'done', what: `${title} ${version}`, how: origin, where: `127.0.0.1:${port}`, tookMs }
}
