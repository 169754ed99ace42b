import type { TestContext } from 'vitest'
import { ask } from './http.ts'
import type { StartedShop } from './shop.ts'

/** An instance as Consul's agent has it. */
export interface KnownInstance {
  readonly id: string
  readonly port: number
  readonly isPassing: boolean
}

interface HealthEntry {
  readonly Service: { readonly ID: string; readonly Port: number }
  readonly Checks: readonly { readonly Status: string }[]
}

/** Gives the names of what is registered, Consul itself apart. */
export async function registeredServices({ system }: StartedShop): Promise<string[]> {
  const { body } = await ask<object>(system.topology.registryUrl, { path: '/v1/catalog/services' })
  return Object.keys(body)
    .filter((name) => name !== 'consul')
    .toSorted()
}

/** Gives the instances of a service, those whose check fails included. */
export async function instancesOf({ system }: StartedShop, service: string): Promise<KnownInstance[]> {
  const { body } = await ask<HealthEntry[]>(system.topology.registryUrl, { path: `/v1/health/service/${service}` })
  return body.map(({ Service, Checks }) => ({
    id: Service.ID,
    port: Service.Port,
    isPassing: Checks.every(({ Status }) => Status === 'passing'),
  }))
}

/**
 * Gives the shop, or skips the test that asks, saying why there is none. With ASHLAR_REQUIRE_SERVERS=1, as in the checks
 * before a merge, it fails instead.
 */
export function needShop(context: TestContext, shop: StartedShop | Error): StartedShop {
  if (!(shop instanceof Error)) return shop
  if (process.env['ASHLAR_REQUIRE_SERVERS'] === '1') throw shop
  return context.skip(`Consul is not here: ${shop.message}`)
}
