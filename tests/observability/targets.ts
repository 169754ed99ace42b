import { describe, expect, it, vi } from 'vitest'
import { patiently, type Labels } from './ask-stack.ts'
import type { Seen } from './seen-shop.ts'

interface Target {
  readonly scrapePool: string
  readonly health: string
  readonly lastError: string
  readonly labels: Labels
  readonly discoveredLabels: Labels
}

/** What Prometheus collects from. */
export function targets({ shop, stack, answers }: Seen): void {
  const active = async (): Promise<readonly Target[]> =>
    (await answers.prometheus<{ activeTargets: readonly Target[] }>('/api/v1/targets')).activeTargets

  describe('targets', () => {
    it('are all up', async () => {
      await vi.waitFor(async () => {
        const ill = (await active()).filter(({ health }) => health !== 'up')
        expect(ill.map(({ labels, health, lastError }) => `${labels['instance']}: ${health} ${lastError}`)).toEqual([])
      }, patiently)
    })

    it('are every service and the gateway, found through Consul, and the stack itself', async () => {
      const found = (await active()).map(
        ({ scrapePool, labels, discoveredLabels }) =>
          `${scrapePool} ${labels['service']} by ${discoveredLabels['__meta_consul_service'] ?? 'its address'}`,
      )
      const wanted = [
        ...[...shop.system.topology.services, 'gateway'].map((name) => `services ${name} by ${name}`),
        ...stack.servers.map(({ name }) => `stack ${name} by its address`),
      ]
      expect(new Set(found)).toEqual(new Set(wanted))
      expect(found).toHaveLength(wanted.length)
    })
  })
}
