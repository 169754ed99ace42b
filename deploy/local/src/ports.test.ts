import { expect, it } from 'vitest'
import { portsFrom, readPortBase } from './ports.ts'

function flat(base: number): number[] {
  const { nats, postgres, consul } = portsFrom(base)
  return [nats, postgres, ...Object.values(consul)]
}

it('puts PostgreSQL at 4732, nats-server at 4722 and Consul at 4750 unless told otherwise', () => {
  const { nats, postgres, consul } = portsFrom(readPortBase(undefined))
  expect([postgres, nats, consul.http]).toEqual([4732, 4722, 4750])
})

it('gives two checkouts a hundred apart no port in common', () => {
  const all = [...flat(4700), ...flat(4800)]
  expect(new Set(all).size).toBe(all.length)
})

it.each(['abc', '80', '70000', '4700.5'])('refuses %s as a base, by the name of the variable', (text) => {
  expect(() => readPortBase(text)).toThrow(/ASHLAR_PORT_BASE is ".*" *: it must be a whole number/)
})
