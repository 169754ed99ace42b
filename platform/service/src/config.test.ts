import { z } from '@ashlar/contract'
import { expect, it } from 'vitest'
import { ConfigInvalidError, ownVariable, platformConfig, readConfig } from './config.ts'

const complete = {
  REGISTRY_URL: 'file:///tmp/registry',
  PUBLIC_KEYS_FILE: '/keys/public.json',
  NATS_URL: 'nats://127.0.0.1:4222',
  ORDERS_DATABASE_URL: 'postgres://orders@127.0.0.1/orders',
  ORDERS_KEY_FILE: '/keys/orders.json',
}

it('fills in defaults and turns numbers into numbers', () => {
  const config = readConfig(z.object(platformConfig('orders')), { ...complete, PORT: '8123', DRAIN_PROPAGATION_MS: '' })
  expect(config).toMatchObject({ HOST: '127.0.0.1', PORT: 8123, DRAIN_PROPAGATION_MS: 5_000, LOG_LEVEL: 'info' })
})

it('names every wrong variable at once and repeats no value', () => {
  const wrong = { ...complete, PORT: 'secret-port', NATS_URL: undefined, ORDERS_DATABASE_URL: '' }
  const read = () => readConfig(z.object(platformConfig('orders')), wrong)
  expect(read).toThrow(ConfigInvalidError)
  expect(read).toThrow(/PORT is wrong[^]*NATS_URL is missing[^]*ORDERS_DATABASE_URL is missing/)
  expect(read).not.toThrow(/secret-port/)
})

it('gives each service its own database, and says what to do when it is not configured', () => {
  const config = readConfig(z.object(platformConfig('orders')), complete)
  expect(ownVariable(config, 'orders', 'DATABASE_URL')).toBe(complete.ORDERS_DATABASE_URL)
  expect(() => ownVariable(config, 'payments', 'KEY_FILE')).toThrow('PAYMENTS_KEY_FILE is missing')
})

it('knows an address that cannot be one before anything is opened', () => {
  const wrong = { ...complete, NATS_URL: 'nats://a:4222, localhost', REGISTRY_URL: '/tmp/registry', ORDERS_DATABASE_URL: 'hush' }
  const read = () => readConfig(z.object(platformConfig('orders')), wrong)
  expect(read).toThrow(/REGISTRY_URL is wrong: write http[^]*NATS_URL is wrong: write nats[^]*ORDERS_DATABASE_URL is wrong: write postgres/)
  expect(read).not.toThrow(/hush/)
  expect(readConfig(z.object(platformConfig('orders')), { ...complete, NATS_URL: 'nats://a:4222, tls://b:4222' }).NATS_URL).toContain('tls')
})
