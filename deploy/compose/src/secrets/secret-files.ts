import { readFile } from 'node:fs/promises'
import { natsOperator } from '@ashlar/messaging'
import { natsConfiguration, serviceDatabaseUrl } from '@deploy/local'
import type { Secrets } from './make-secrets.ts'

/** The files that each container is handed: its name, then the files' names and texts. */
export type SecretFiles = Readonly<Record<string, Readonly<Record<string, string>>>>

const postgres = 'postgres://postgres:5432/'
const mountedAt = '/run/ashlar'

/** Writes out what each container may know: its own key, its own addresses with their passwords, and nobody else's. */
export async function secretFiles(secrets: Secrets): Promise<SecretFiles> {
  const { services, keys, brokerUsers, superuserPassword } = secrets
  const publicKeys = await readFile(keys.publicKeysFile, 'utf8')
  const keyed = async (name: string, variables: Readonly<Record<string, string>> = {}): Promise<Record<string, string>> => ({
    'key.json': await readFile(keys.keyFileOf(name), 'utf8'),
    'public-keys.json': publicKeys,
    environment: environment({
      [variable(name, 'KEY_FILE')]: `${mountedAt}/key.json`,
      PUBLIC_KEYS_FILE: `${mountedAt}/public-keys.json`,
      ...variables,
    }),
  })
  const served = await Promise.all(
    services.map(
      async (service) =>
        [service, await keyed(service, { NATS_URL: brokerUrl(service, secrets), ...databaseUrl(service, secrets) })] as const,
    ),
  )
  const users = served.find(([name]) => name === 'users')?.[1]
  if (users !== undefined) users['access-keys.json'] = await readFile(keys.accessKeysFile, 'utf8')
  return {
    nats: { 'nats.conf': natsConfiguration({ port: 4222, store: '/data/jetstream', users: brokerUsers }) },
    postgres: { password: superuserPassword },
    gateway: await keyed('gateway'),
    operator: operatorFiles(secrets),
    ...Object.fromEntries(served),
  }
}

/** Of who makes databases and streams, and of operators' tools. */
function operatorFiles(secrets: Secrets): Record<string, string> {
  const { services, databasePasswords, superuserPassword } = secrets
  return {
    'secrets.json': JSON.stringify({ databasePasswords: Object.fromEntries(databasePasswords) }),
    environment: environment({
      NATS_URL: brokerUrl(natsOperator, secrets),
      POSTGRES_ADMIN_URL: `${postgres.replace('//', `//ashlar:${superuserPassword}@`)}postgres`,
      ...Object.assign({}, ...services.map((service) => databaseUrl(service, secrets))),
    }),
  }
}

function databaseUrl(service: string, { databasePasswords }: Secrets): Record<string, string> {
  const password = databasePasswords.get(service)!
  return { [variable(service, 'DATABASE_URL')]: serviceDatabaseUrl(postgres, { service, password }) }
}

function brokerUrl(user: string, { brokerUsers }: Secrets): string {
  return `nats://${user}:${brokerUsers.find(({ name }) => name === user)!.password}@nats:4222`
}

function variable(name: string, what: string): string {
  return `${name.toUpperCase().replaceAll('-', '_')}_${what}`
}

// Passwords are base64url: nothing in them needs quotes.
function environment(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}
