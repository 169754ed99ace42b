import { verifyProvider, type MakeState, type ProviderUnderTest, type Verification } from '@ashlar/testing/pact'
import { afterAll } from 'vitest'
import type { StartedShop } from '../harness/index.ts'
import { openShop } from '../harness/open-shop.ts'
import { Counterpart } from './counterpart.ts'
import { pactFiles } from './pact-files.ts'
import { statesOf } from './states.ts'

/** A shop whose services are held to what their consumers read. */
export interface HeldShop {
  readonly shop: StartedShop
  /** Makes what consumers ask to be so. */
  readonly states: Readonly<Record<string, MakeState>>
  /** Gives a service's own token for another. */
  tokenOf(service: string, audience: string): Promise<string>
  /** Holds a service of the shop, or another in its place, to pacts: its own consumers' unless others are given. */
  hold(provider: string, instead?: Partial<Pick<ProviderUnderTest, 'url' | 'pactFiles'>>): Promise<Verification>
}

/** Opens one shop for all tests of a file: every service as it runs, with its database and its broker. */
export async function openHeldShop(): Promise<HeldShop> {
  const shop = await openShop({ traces: 'kept' })
  const counterpart = await Counterpart.of(shop)
  afterAll(() => counterpart[Symbol.asyncDispose]())
  const { states, world } = statesOf(shop, counterpart)
  return {
    shop,
    states,
    tokenOf: (name, audience) => counterpart.token(audience, { kind: 'service', name }),
    hold: async (name, instead = {}) =>
      verifyProvider({
        name,
        url: shop.addressOf(name),
        pactFiles: (await pactFiles()).get(name) ?? [],
        states,
        token: () => counterpart.token(name, world.caller),
        published: (type) => counterpart.published(name, (message) => message.type === type && message.subject === world.orderId),
        obeyed: (command) => counterpart.send(command),
        ...instead,
      }),
  }
}
