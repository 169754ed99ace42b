import { ask } from './http.ts'
import type { StartedShop } from './shop.ts'

interface Report {
  readonly status: string
  readonly dependencies: Readonly<Record<string, { readonly healthy: boolean; readonly required?: boolean }>>
}

/**
 * Asks every service itself whether it takes work, and gives the answer in a few words by its name: `200 ready`,
 * `503 not_ready: orders database`, or `not there`.
 */
export async function readinessOf(shop: StartedShop, services: readonly string[]): Promise<Record<string, string>> {
  const answers = await Promise.all(services.map(async (service) => [service, await readiness(shop, service)] as const))
  return Object.fromEntries(answers)
}

async function readiness(shop: StartedShop, service: string): Promise<string> {
  try {
    const { status, body } = await ask<Report>(shop.addressOf(service), { path: '/health/ready' })
    const ill = Object.entries(body.dependencies).filter(([, { healthy, required }]) => !healthy && required !== false)
    return [`${status} ${body.status}`, ...(ill.length > 0 ? [ill.map(([name]) => name).join(', ')] : [])].join(': ')
  } catch {
    return 'not there'
  }
}
