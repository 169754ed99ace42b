import { testServers } from '@deploy/local/testing'
import { afterEach, describe } from 'vitest'
import type { Bus } from '../bus.ts'
import { recordingLogger, type BrokerUnderTest } from '../testing/broker-under-test.ts'
import { describeBus } from '../testing/bus-suite.ts'
import { describeConsumers } from '../testing/consumer-suite.ts'
import { connectNats } from './connect-nats.ts'
import { openDeadLetters } from './open-dead-letters.ts'

const opened: Bus[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((bus) => bus.close()))
})

async function start(): Promise<BrokerUnderTest> {
  const url = testServers().natsUrl
  return {
    async open() {
      const bus = await connectNats({ url, name: 'test', logger: recordingLogger().logger })
      opened.push(bus)
      return bus
    },
    deadLetters: () => openDeadLetters(url),
  }
}

describe('the bus on JetStream', () => {
  describeBus(start)
})
describe('consumers on JetStream', () => {
  describeConsumers(start)
})
