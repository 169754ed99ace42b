import { Client, DatabaseError } from 'pg'
import { StateDamagedError } from '../server/errors.ts'
import { databasePasswords, serviceDatabaseUrl } from './database-passwords.ts'
import { startEmpty } from './start-empty.ts'

export interface DatabasesWanted {
  /** The superuser's address. */
  readonly adminUrl: string
  readonly services: readonly string[]
  /** Where the passwords are kept. */
  readonly folder: string
}

/** A service's own database. */
export interface ServiceDatabase {
  readonly service: string
  /** With the role's password: for the service's environment, never for a log. */
  readonly url: string
  /** Whether it was made just now. */
  readonly isNew: boolean
}

/**
 * Makes a role and a database for each service that has none, and keeps every role out of every database but its own.
 * Safe to repeat; passwords stay the same over restarts. Throws `StateDamagedError` for a database that is there and does not open.
 */
export async function prepareDatabases({ adminUrl, services, folder }: DatabasesWanted): Promise<ServiceDatabase[]> {
  const passwords = await databasePasswords(folder, services)
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC')
    const databases: ServiceDatabase[] = []
    for (const service of services) {
      const password = passwords.get(service)!
      const isNew = await prepareOne(client, { service, password })
      databases.push({ service, url: serviceDatabaseUrl(adminUrl, { service, password }), isNew })
    }
    await Promise.all(databases.filter(({ isNew }) => !isNew).map(requireOpening))
    return databases
  } finally {
    await client.end()
  }
}

async function prepareOne(client: Client, { service, password }: { service: string; password: string }): Promise<boolean> {
  const name = client.escapeIdentifier(service)
  const { rowCount: roles } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [service])
  await client.query(`${roles === 0 ? 'CREATE' : 'ALTER'} ROLE ${name} LOGIN PASSWORD ${client.escapeLiteral(password)}`)
  const { rowCount: databases } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [service])
  if (databases === 0) await client.query(`CREATE DATABASE ${name} OWNER ${name}`)
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`)
  return databases === 0
}

// A server runs well without the files of one database, until somebody connects to it.
async function requireOpening({ service, url }: ServiceDatabase): Promise<void> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (cause) {
    const said = cause instanceof DatabaseError ? [cause.message, cause.detail].filter(Boolean).join('. ') : String(cause)
    throw new StateDamagedError(
      `The database of ${service} does not open: ${said}\nIf its files were removed, put them back. ${startEmpty}`,
      { cause },
    )
  } finally {
    await client.end().catch(() => undefined)
  }
}
