import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIdentity, generateSigningKey, readPublicKeys, readSigningKey, type Identity } from '@ashlar/security'

/** Services that know each other's keys, until it is disposed of. */
export interface TestIdentities extends AsyncDisposable {
  of(name: string): Identity
}

/** Makes keys for these services, in a folder of their own. */
export async function testIdentities(...names: readonly string[]): Promise<TestIdentities> {
  const folder = await mkdtemp(join(tmpdir(), 'ashlar-keys-'))
  const file = (name: string) => join(folder, `${name}.json`)
  const keys = await Promise.all(names.map(async (name) => ({ name, ...(await generateSigningKey(name)) })))
  await writeFile(file('public'), JSON.stringify({ keys: keys.map(({ publicJwk }) => publicJwk) }))
  const publicKeys = await readPublicKeys(file('public'))
  const making = keys.map(async ({ name, privateJwk }) => {
    await writeFile(file(name), JSON.stringify(privateJwk))
    return [name, createIdentity({ name, signingKey: await readSigningKey(file(name)), publicKeys })] as const
  })
  const identities = new Map(await Promise.all(making))
  return {
    of(name) {
      const identity = identities.get(name)
      if (identity === undefined) throw new RangeError(`no key was made for ${name}`)
      return identity
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}
