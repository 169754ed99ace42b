import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createAccessTokens, createIdentity, readPublicKeys, readSigningKey, type Identity } from '@ashlar/security'
import { RefusedError } from './command.ts'
import { isThere } from './files/absent-as.ts'

/** Whom a token made by hand speaks for. */
export interface MadeUpCustomer {
  readonly id: string
  readonly sessionId: string
  readonly roles: readonly string[]
}

interface Wanted {
  /** Where the shop keeps its keys. */
  readonly keys: string
  /** The service that is to be called; the gateway for a customer's own token. */
  readonly service: string
  /** Who calls: a service, or `customer`; the gateway, for nobody known, unless said. */
  readonly as: string | undefined
  /** Which customer; one that nobody knows unless said. */
  readonly customer?: MadeUpCustomer
}

const customersToken = { issuer: 'users', audience: 'gateway', lifetimeSeconds: 60 }

/** Makes a token that calls a service at its own port, or the gateway as a customer, good for a minute. Throws `RefusedError` for a name that has no key. */
export async function callerToken({ keys, service, as, customer = stranger() }: Wanted): Promise<string> {
  if (as !== 'customer') {
    const identity = await identityOf(as ?? 'gateway', { keys, service })
    return as === undefined ? identity.tokenFor(service, { kind: 'anonymous' }) : identity.tokenFor(service)
  }
  const identity = await identityOf('gateway', { keys, service })
  if (service !== 'gateway') return identity.tokenFor(service, { kind: 'customer', ...customer })
  const tokens = createAccessTokens({ keysFile: join(keys, 'access-keys.json'), ...customersToken })
  return (await tokens.issue({ ...customer, userId: customer.id })).token
}

async function identityOf(name: string, { keys, service }: { keys: string; service: string }): Promise<Identity> {
  const keyFileOf = (owner: string): string => join(keys, `${owner}.key.json`)
  for (const owner of [service, name]) {
    if (!(await isThere(keyFileOf(owner))))
      throw new RefusedError(`there is no key of ${owner} in ${keys}: npm run dev makes those of the shop`)
  }
  const publicKeys = await readPublicKeys(join(keys, 'public-keys.json'))
  return createIdentity({ name, signingKey: await readSigningKey(keyFileOf(name)), publicKeys })
}

function stranger(): MadeUpCustomer {
  return { id: randomUUID(), sessionId: randomUUID(), roles: [] }
}
