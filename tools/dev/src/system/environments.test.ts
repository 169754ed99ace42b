import { expect, it } from 'vitest'
import { cardProviderEnvironment, gatewayEnvironment, serviceEnvironment } from './environments.ts'

const around = {
  root: '/repository',
  folder: '/repository/.ashlar',
  natsUrls: new Map(['payments', 'orders'].map((name) => [name, `nats://${name}:hush@127.0.0.1:4722`])),
  registryUrl: 'http://127.0.0.1:4750',
  cardProviderUrl: 'http://127.0.0.1:4760',
  otlpUrl: 'http://127.0.0.1:4318',
  keys: { publicKeysFile: '/keys/public.json', accessKeysFile: '/keys/access.json', keyFileOf: (name: string) => `/keys/${name}.json` },
  inherited: {
    GATEWAY_RATE_LIMITS: '{"checkout":1}',
    GATEWAY_CORS_ORIGINS: '*',
    PAYMENTS_DATABASE_URL: 'postgres://elsewhere',
    PAYMENTS_PATIENCE_MS: '5',
    ORDERS_DATABASE_URL: 'postgres://secret@orders',
    CARD_PROVIDER_DELAY_MS: '9',
    LOG_LEVEL: 'debug',
    DRAIN_GRACE_MS: '100',
    OTEL_TRACES_EXPORTER: 'none',
    HOST: '0.0.0.0',
    AWS_SECRET_ACCESS_KEY: 'hush',
    HOME: '/home/ada',
  },
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

it('passes on what the developer set for a process, and for every process, and nothing else', () => {
  const environment = serviceEnvironment('payments', 'postgres://payments', around)
  expect(environment).toMatchObject({ PAYMENTS_PATIENCE_MS: '5', LOG_LEVEL: 'debug', DRAIN_GRACE_MS: '100', OTEL_TRACES_EXPORTER: 'none' })
  expect(Object.keys(environment).filter((name) => /^(?:ORDERS|GATEWAY_CORS|CARD|AWS|HOME)/.test(name))).toEqual([])
  expect(gatewayEnvironment(8080, { ...around, extra: {} })).toMatchObject({
    GATEWAY_INTERNAL_DOCS: 'on',
    GATEWAY_RATE_LIMITS: '{"checkout":1}',
    GATEWAY_CORS_ORIGINS: '*',
  })
  expect(cardProviderEnvironment(4760, around)).toMatchObject({ CARD_PROVIDER_DELAY_MS: '9', LOG_LEVEL: 'debug' })
})

it('knows the addresses of what it has started better than the developer’s environment', () => {
  const environment = serviceEnvironment('payments', 'postgres://payments', around)
  expect(environment).toMatchObject({ PAYMENTS_DATABASE_URL: 'postgres://payments', HOST: '127.0.0.1' })
  expect(gatewayEnvironment(8080, around)).toMatchObject({ GATEWAY_RATE_LIMITS: '{}' })
  const hidden = { ...around, inherited: { GATEWAY_INTERNAL_DOCS: 'off' } }
  expect(gatewayEnvironment(8080, hidden)).toMatchObject({ GATEWAY_INTERNAL_DOCS: 'off' })
})

it('gives the gateway no database and no broker, and the card provider nothing of the shop', () => {
  const gateway = Object.keys(gatewayEnvironment(8080, around))
  expect(gateway.filter((name) => /DATABASE|NATS/.test(name))).toEqual([])
  expect(Object.values(cardProviderEnvironment(4760, around)).filter((value) => /keys|4722|4750|postgres/.test(value))).toEqual([])
})
