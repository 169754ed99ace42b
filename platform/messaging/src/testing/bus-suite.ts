import { describe, expect, it } from 'vitest'
import { prepare, type BrokerUnderTest } from './broker-under-test.ts'
import { describeConsuming } from './consume-suite.ts'
import { describePublishing } from './publish-suite.ts'

/** What every bus promises, whatever its broker. */
export function describeBus(start: () => Promise<BrokerUnderTest>): void {
  describePublishing(start)
  describeConsuming(start)

  describe('health', () => {
    it('is good while the broker answers', async () => {
      const { bus } = await prepare(start)
      expect(await bus.health()).toMatchObject({ healthy: true })
    })
  })
}
