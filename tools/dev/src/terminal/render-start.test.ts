import { expect, it } from 'vitest'
import type { RunningSystem } from '../system/running-system.ts'
import { renderAddresses } from './render-start.ts'

function system(...services: string[]): RunningSystem {
  const topology = {
    startedAt: '2026-01-01T12:00:00.000Z',
    pid: 1,
    gatewayUrl: 'http://127.0.0.1:8080',
    natsUrl: 'nats://127.0.0.1:4722',
    registryUrl: 'file:///registry',
    cardProviderUrl: 'http://127.0.0.1:4760',
    postgresUrl: 'postgres://127.0.0.1:4732',
    services,
  }
  const processes = new Map([['catalogue', { url: 'http://127.0.0.1:5000' }]])
  return { topology, processes } as unknown as RunningSystem
}

it('shows a newcomer the demo when the whole shop runs', () => {
  const shown = renderAddresses(system('catalogue', 'payments'), { isWhole: true })
  expect(shown).toMatch(/catalogue +http:\/\/127\.0\.0\.1:5000\n +payments +not ready\n +card provider /)
  expect(shown).toMatch(
    /Try +npm run demo .*\n +npm run ashlar -- traces .*\n +curl http:\/\/127\.0\.0\.1:8080\/v1\/products\n +http:\/\/127\.0\.0\.1:8080\/docs /,
  )
})

it('shows first what works with the part of it that runs', () => {
  const some = renderAddresses(system('catalogue'), { isWhole: false })
  expect(some).toMatch(/Try +curl http:\/\/127\.0\.0\.1:8080\/v1\/products\n/)
  expect(some).not.toMatch(/npm run demo|card provider/)
  expect(renderAddresses(system('users'), { isWhole: false })).toMatch(/Try +curl http:\/\/127\.0\.0\.1:8080\/health\/ready/)
})
