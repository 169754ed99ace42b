import { randomUUID } from 'node:crypto'
import { connectNats, headersOf, newId, readEnvelope, signEnvelope, type Bus, type Envelope } from '@ashlar/messaging'
import { createIdentity, readPublicKeys, readSigningKey, type Identity, type Principal } from '@ashlar/security'
import { brokerUrlOf, prepareKeys, readRows } from '@deploy/local'
import { createLogger } from '@observability/telemetry'
import type { StartedShop } from '../harness/index.ts'
import { eventually } from './eventually.ts'

/** Speaks with a shop's services as their neighbours do: with the shop's own keys, at their own ports and on its broker. */
export class Counterpart implements AsyncDisposable {
  readonly #shop: StartedShop
  readonly #bus: Bus
  readonly #identities: ReadonlyMap<string, Identity>

  private constructor(shop: StartedShop, parts: { bus: Bus; identities: ReadonlyMap<string, Identity> }) {
    this.#shop = shop
    this.#bus = parts.bus
    this.#identities = parts.identities
  }

  static async of(shop: StartedShop): Promise<Counterpart> {
    const { folder, topology } = shop.system
    const names = [...topology.services, 'gateway']
    const keys = await prepareKeys({ folder, names })
    const publicKeys = await readPublicKeys(keys.publicKeysFile)
    const identities = names.map(async (name) => {
      const signingKey = await readSigningKey(keys.keyFileOf(name))
      return [name, createIdentity({ name, signingKey, publicKeys })] as const
    })
    const url = (await brokerUrlOf('operator', { folder, url: topology.natsUrl })) ?? ''
    const bus = await connectNats({ url, name: 'pacts', logger: createLogger({ service: 'pacts', level: 'silent' }) })
    return new Counterpart(shop, { bus, identities: new Map(await Promise.all(identities)) })
  }

  /** Gives a token for a service: a service's own, or the gateway's for a customer or for nobody known. */
  token(audience: string, principal: Principal): Promise<string> {
    return this.#identityOf(principal.kind === 'service' ? principal.name : 'gateway').tokenFor(audience, principal)
  }

  /** Calls an operation as another service, under a key of its own. Throws what is not a good answer. */
  async call(as: string, address: string, input: object): Promise<void> {
    const [service = ''] = address.split('.')
    const response = await fetch(`${this.#shop.addressOf(service)}/rpc/${address}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        authorization: `Bearer ${await this.token(service, { kind: 'service', name: as })}`,
      },
      body: JSON.stringify(input),
    })
    if (!response.ok) throw new Error(`${address} answered ${response.status}: ${await response.text()}`)
  }

  /** Sends a command as its sender would, and gives the reply as it was published. */
  async send(command: Envelope): Promise<Envelope> {
    const [audience = ''] = command.type.split('.')
    const fresh = { ...command, id: newId() }
    const signed = await signEnvelope(fresh, { kind: 'command', audience, identity: this.#identityOf(command.source.slice(1)) })
    const message = { transportId: signed.id, subject: signed.type, headers: headersOf(signed), payload: JSON.stringify(signed) }
    await this.#bus.publish(message)
    return this.published(audience, ({ causationid }) => causationid === fresh.id)
  }

  /** Waits until a service has published a message, as its outbox notes once the broker has acknowledged it, and gives it. */
  async published(service: string, isIt: (message: Envelope) => boolean): Promise<Envelope> {
    const url = await this.#shop.databaseUrl(service)
    const read = async () => {
      const rows = await readRows<{ payload: string }>(
        url,
        'select payload from platform.outbox where published_at is not null order by id desc',
      )
      return rows.map(({ payload }) => readEnvelope(payload)).find(isIt)
    }
    return eventually(`${service} published the message`, read)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#bus.close()
  }

  #identityOf(name: string): Identity {
    const identity = this.#identities.get(name)
    if (identity === undefined) throw new Error(`${name} has no key in this shop`)
    return identity
  }
}
