import { expect, it } from 'vitest'
import { cardProviderEnvironment, gatewayEnvironment, serviceEnvironment } from './environments.ts'

const around = {
  root: '/repository',
  folder: '/repository/.ashlar',
  natsUrls: new Map(['payments', 'orders'].map((name) => [name, `nats://${name}:hush@127.0.0.1:4722`])),
  registryUrl: 'http://127.0.0.1:4750',
  cardProviderUrl: 'http://127.0.0.1:4760',
  keys: { publicKeysFile: '/keys/public.json', accessKeysFile: '/keys/access.json', keyFileOf: (name: string) => `/keys/${name}.json` },
  extra: { GATEWAY_RATE_LIMITS: '{}' },
}

it('gives a service its own key, database and broker user, and nobody else’s', () => {
  const environment = serviceEnvironment('payments', 'postgres://payments', around)
  expect(environment).toMatchObject({
    PAYMENTS_DATABASE_URL: 'postgres://payments',
    PAYMENTS_KEY_FILE: '/keys/payments.json',
    NATS_URL: 'nats://payments:hush@127.0.0.1:4722',
    PAYMENTS_CARD_PROVIDER_URL: 'http://127.0.0.1:4760',
    DRAIN_PROPAGATION_MS: '0',
  })
  expect(
    Object.keys(environment)
      .filter((name) => /_(KEY_FILE|DATABASE_URL|KEYS_FILE)$/.test(name))
      .toSorted(),
  ).toEqual(['PAYMENTS_DATABASE_URL', 'PAYMENTS_KEY_FILE', 'PUBLIC_KEYS_FILE'])
})

it('gives the gateway no database and no broker, and the card provider nothing of the shop', () => {
  const gateway = Object.keys(gatewayEnvironment(8080, around))
  expect(gateway.filter((name) => /DATABASE|NATS/.test(name))).toEqual([])
  expect(Object.values(cardProviderEnvironment(4760, around)).filter((value) => /keys|4722|4750|postgres/.test(value))).toEqual([])
})
