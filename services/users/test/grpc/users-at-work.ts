import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createIdentity, generateSigningKey, readPublicKeys, readSigningKey } from '@ashlar/security'
import { readConfig, startPlatform, type Database } from '@ashlar/service'
import { serviceDatabase } from '@ashlar/testing'
import { startUsers, UsersConfig } from '../../src/index.ts'

const services = ['users', 'notifications', 'orders'] as const
type Service = (typeof services)[number]

/** Users as it runs, with a database, a broker and a registry. */
export interface UsersAtWork extends AsyncDisposable {
  readonly url: string
  readonly database: Database
  /** As the registry announces it. */
  readonly grpcPort: number
  tokenOf(service: Service): Promise<string>
}

/** Starts users on an empty database and a broker. */
export async function startUsersAtWork({ databaseUrl, natsUrl }: { databaseUrl: string; natsUrl: string }): Promise<UsersAtWork> {
  const folder = await mkdtemp(join(tmpdir(), 'ashlar-users-'))
  await using opened = new AsyncDisposableStack()
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const database = await serviceDatabase(databaseUrl, { name: 'users', migrations: new URL('../../migrations', import.meta.url) })
  opened.defer(() => database.close())
  await writeKeys(folder)
  const registry = join(folder, 'registry')
  const environment = {
    NATS_URL: natsUrl,
    REGISTRY_URL: pathToFileURL(registry).href,
    PUBLIC_KEYS_FILE: join(folder, 'public.json'),
    USERS_KEY_FILE: join(folder, 'users.json'),
    USERS_ACCESS_KEYS_FILE: join(folder, 'access.json'),
    USERS_DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'silent',
    DRAIN_PROPAGATION_MS: '0',
  }
  const platform = opened.use(await startPlatform(readConfig(UsersConfig, environment)))
  const server = opened.use(await platform.serve(startUsers(platform, environment)))
  const everything = opened.move()
  return {
    url: `http://${server.host}:${server.port}`,
    database,
    grpcPort: await announcedPort(registry),
    tokenOf: (service) => tokenOf(folder, service),
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  }
}

async function writeKeys(folder: string): Promise<void> {
  const keys = await Promise.all(services.map(async (name) => ({ name, ...(await generateSigningKey(name)) })))
  for (const { name, privateJwk } of keys) await writeFile(join(folder, `${name}.json`), JSON.stringify(privateJwk), { mode: 0o600 })
  await writeFile(join(folder, 'public.json'), JSON.stringify({ keys: keys.map(({ publicJwk }) => publicJwk) }))
  const { privateJwk } = await generateSigningKey('access')
  await writeFile(join(folder, 'access.json'), JSON.stringify({ keys: [privateJwk] }), { mode: 0o600 })
}

async function tokenOf(folder: string, name: Service): Promise<string> {
  const publicKeys = await readPublicKeys(join(folder, 'public.json'))
  const identity = createIdentity({ name, signingKey: await readSigningKey(join(folder, `${name}.json`)), publicKeys })
  return identity.tokenFor('users')
}

async function announcedPort(registry: string): Promise<number> {
  const files = (await readdir(registry, { recursive: true })).filter((file) => file.endsWith('.json'))
  const texts = await Promise.all(files.map((file) => readFile(join(registry, file), 'utf8')))
  const entries = texts.map((text) => JSON.parse(text) as { instance: { ports?: { grpc?: number } } })
  const [port] = entries.flatMap(({ instance }) => instance.ports?.grpc ?? [])
  if (port === undefined) throw new Error(`no gRPC port is announced in ${texts.join()}`)
  return port
}
