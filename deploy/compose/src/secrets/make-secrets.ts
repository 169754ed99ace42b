import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brokerPasswords, databasePasswords, prepareKeys, type BrokerUser, type KeyFiles } from '@deploy/local'
import { brokerUsers, findServices } from '@tools/dev'

/** Everything that is secret in the shop. */
export interface Secrets {
  readonly services: readonly string[]
  readonly keys: KeyFiles
  /** The database role's password of each service. */
  readonly databasePasswords: ReadonlyMap<string, string>
  readonly brokerUsers: readonly (BrokerUser & { readonly password: string })[]
  /** PostgreSQL's own. */
  readonly superuserPassword: string
}

/** Makes the keys and passwords of a repository's services that are not in the vault yet; those that are stay. */
export async function makeSecrets({ root, vault }: { root: string; vault: string }): Promise<Secrets> {
  const services = findServices(root)
  await mkdir(vault, { recursive: true, mode: 0o700 })
  const users = brokerUsers(root, services)
  const passwords = await brokerPasswords(
    vault,
    users.map(({ name }) => name),
  )
  return {
    services,
    keys: await prepareKeys({ folder: vault, names: [...services, 'gateway'] }),
    databasePasswords: await databasePasswords(vault, services),
    brokerUsers: users.map((user) => ({ ...user, password: passwords.get(user.name)! })),
    superuserPassword: await madeOnce(join(vault, 'superuser-password')),
  }
}

async function madeOnce(file: string): Promise<string> {
  // Not written over: PostgreSQL keeps the password it was made with.
  await writeFile(file, randomBytes(18).toString('base64url'), { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return readFile(file, 'utf8')
}
