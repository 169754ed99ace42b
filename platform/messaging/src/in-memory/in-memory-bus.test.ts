import { afterEach, describe } from 'vitest'
import type { BrokerUnderTest } from '../testing/broker-under-test.ts'
import { describeBus } from '../testing/bus-suite.ts'
import { describeConsumers } from '../testing/consumer-suite.ts'
import { inMemoryBus, type InMemoryBus } from './in-memory-bus.ts'

const opened: InMemoryBus[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((bus) => bus.close()))
})

async function start(): Promise<BrokerUnderTest> {
  const bus = inMemoryBus()
  opened.push(bus)
  return { open: async () => bus, deadLetters: async () => bus.deadLetters() }
}

describe('the bus in memory', () => {
  describeBus(start)
})
describe('consumers in memory', () => {
  describeConsumers(start)
})
