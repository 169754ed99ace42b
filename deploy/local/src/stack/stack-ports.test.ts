import { expect, it } from 'vitest'
import { defaultPortBase, portsFrom } from '../ports.ts'
import { stackPortsFrom } from './stack-ports.ts'

const numbersOf = (value: object): number[] => Object.values(value).flatMap((each) => (typeof each === 'number' ? [each] : numbersOf(each)))

it('is where everybody looks for it, unless the base says otherwise', () => {
  const { collector, prometheus, loki, jaeger } = stackPortsFrom(defaultPortBase)
  expect([collector.otlpGrpc, collector.otlpHttp, prometheus.http, loki.http, jaeger.query]).toEqual([4317, 4318, 9090, 3100, 16686])
})

it.each([defaultPortBase, 28_000])('shares no port with itself or the servers of its base %i', (base) => {
  const all = [...numbersOf(stackPortsFrom(base)), ...numbersOf(portsFrom(base)), base + 60]
  expect(new Set(all).size).toBe(all.length)
})

it('stays within the hundred of a base of its own', () => {
  for (const port of numbersOf(stackPortsFrom(28_000))) expect(Math.floor(port / 100)).toBe(280)
})
