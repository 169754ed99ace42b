import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from './write-whole.ts'

/**
 * Gives each service's database password, making those that are missing; kept in `secrets.json`, for this user only. A
 * file that cannot be read is replaced: roles are given their passwords at every start.
 */
export async function databasePasswords(folder: string, services: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const kept = await readPasswords(folder)
  const missing = services.filter((service) => !kept.has(service))
  if (missing.length === 0) return kept
  const all = new Map([...kept, ...missing.map((service) => [service, randomBytes(18).toString('base64url')] as const)])
  await writeWhole(join(folder, 'secrets.json'), JSON.stringify({ databasePasswords: Object.fromEntries(all) }, undefined, 2), {
    mode: 0o600,
  })
  return all
}

/** Reads the passwords that are kept; none when there is no such file, or it cannot be read. */
export async function readPasswords(folder: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(folder, 'secrets.json'), 'utf8').catch(() => '{}')
  try {
    const { databasePasswords = {} } = JSON.parse(text) as { databasePasswords?: Record<string, unknown> }
    return new Map(Object.entries(databasePasswords).filter(isPassword))
  } catch {
    return new Map()
  }
}

function isPassword(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string' && entry[1] !== ''
}

/** Puts a service's role, password and database into a server's address. */
export function serviceDatabaseUrl(serverUrl: string, { service, password }: { service: string; password: string }): string {
  const url = new URL(serverUrl)
  url.username = service
  url.password = password
  url.pathname = `/${service}`
  return url.href
}
