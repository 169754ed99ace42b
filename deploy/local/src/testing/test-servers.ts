import { inject, type TestContext } from 'vitest'
import type { FoundServers } from './server-urls.ts'

/** The servers of this test run. */
export interface TestServers {
  readonly natsUrl: string
  /** The superuser's address; tests of services use databases of their own (`createTestDatabase`). */
  readonly postgresAdminUrl: string
  /** Absent on a machine without Consul: `needServer(context, 'consul')` skips a test there. */
  readonly consulUrl?: string
}

/** Gives the servers that the global set-up started. Throws, with the ways to get it, when PostgreSQL or nats-server is missing. */
export function testServers(): TestServers {
  const { consul } = inject('localServers')
  const always = { natsUrl: urlOf('nats'), postgresAdminUrl: urlOf('postgres') }
  return 'url' in consul ? { ...always, consulUrl: consul.url } : always
}

/**
 * Gives a server's address, or skips the test that asks, saying why. With ASHLAR_REQUIRE_SERVERS=1, as in the checks
 * before a merge, it fails instead.
 */
export function needServer(context: TestContext, name: keyof FoundServers): string {
  const server = inject('localServers')[name]
  if ('url' in server) return server.url
  if (process.env['ASHLAR_REQUIRE_SERVERS'] === '1') throw new Error(server.missing)
  return context.skip(`${name} is not here: ${server.missing}`)
}

function urlOf(name: keyof FoundServers): string {
  const server = inject('localServers')[name]
  if ('missing' in server) throw new Error(server.missing)
  return server.url
}
