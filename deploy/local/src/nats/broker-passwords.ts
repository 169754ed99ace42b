import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '../system/write-whole.ts'

/**
 * Gives each broker user's password, making those that are missing; kept in `broker-passwords.json`, for this user only.
 * A file that cannot be read is replaced: the broker's configuration is written from it at every start.
 */
export async function brokerPasswords(folder: string, users: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const kept = await readPasswords(folder)
  const missing = users.filter((user) => !kept.has(user))
  if (missing.length === 0) return kept
  const all = new Map([...kept, ...missing.map((user) => [user, randomBytes(18).toString('base64url')] as const)])
  await writeWhole(fileIn(folder), JSON.stringify(Object.fromEntries(all), undefined, 2), { mode: 0o600 })
  return all
}

/**
 * Gives the broker's address for one of its users, password included: for a process's environment, never for a log.
 * `undefined` when it has no such user.
 */
export async function brokerUrlOf(user: string, { folder, url }: { folder: string; url: string }): Promise<string | undefined> {
  const password = (await readPasswords(folder)).get(user)
  if (password === undefined) return undefined
  // Not through URL, which would write a slash after the port.
  return url.replace('://', `://${encodeURIComponent(user)}:${encodeURIComponent(password)}@`)
}

async function readPasswords(folder: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => '{}')
  return new Map(passwordsIn(text))
}

function passwordsIn(text: string): (readonly [string, string])[] {
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, unknown>)
    return entries.flatMap(([user, password]) => (typeof password === 'string' && password !== '' ? [[user, password] as const] : []))
  } catch {
    return []
  }
}

function fileIn(folder: string): string {
  return join(folder, 'broker-passwords.json')
}
