import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { createIdentity, readPublicKeys, readSigningKey } from '@ashlar/security'
import { RefusedError } from './command.ts'

interface Wanted {
  /** Where the shop keeps its keys. */
  readonly keys: string
  /** The service that is to be called. */
  readonly service: string
  /** Who calls; the gateway, for nobody known, unless said. */
  readonly as: string | undefined
}

/** Makes a token that calls a service at its own port, good for a minute. Throws `RefusedError` for a name that has no key. */
export async function callerToken({ keys, service, as }: Wanted): Promise<string> {
  const name = as ?? 'gateway'
  const keyFileOf = (owner: string): string => join(keys, `${owner}.key.json`)
  for (const owner of [service, name]) {
    const isKnown = await access(keyFileOf(owner)).then(
      () => true,
      () => false,
    )
    if (!isKnown) throw new RefusedError(`there is no key of ${owner} in ${keys}: npm run dev makes those of the shop`)
  }
  const publicKeys = await readPublicKeys(join(keys, 'public-keys.json'))
  const identity = createIdentity({ name, signingKey: await readSigningKey(keyFileOf(name)), publicKeys })
  return as === undefined ? identity.tokenFor(service, { kind: 'anonymous' }) : identity.tokenFor(service)
}
