import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { repository } from '../harness/shop.ts'
import { patiently, type Labels } from './ask-stack.ts'
import type { Seen } from './seen-shop.ts'

interface Rule {
  readonly name: string
  readonly health: string
  readonly state: string
  readonly lastError?: string
  readonly alerts: readonly { readonly labels: Labels; readonly annotations: Labels }[]
}

/** The alerts, as Prometheus has them; when each is raised, promtool tests beside the configurations. */
export function alerts({ answers }: Seen): void {
  const rules = async (): Promise<Rule[]> =>
    (await answers.prometheus<{ groups: { rules: Rule[] }[] }>('/api/v1/rules')).groups.flatMap((group) => group.rules)

  describe('alerts', () => {
    it('are all loaded and evaluated without an error', async () => {
      const text = await readFile(join(repository, 'observability/prometheus/rules/shop.yaml'), 'utf8')
      const written = [...text.matchAll(/- alert: (\w+)/g)].map(([, name]) => name)
      await vi.waitFor(async () => {
        const loaded = await rules()
        expect(new Set(loaded.map(({ name }) => name))).toEqual(new Set(written))
        const ill = loaded.filter(({ health }) => health !== 'ok')
        expect(ill.map(({ name, health, lastError }) => `${name} ${health}: ${lastError}`)).toEqual([])
      }, patiently)
    })

    it('is raised for the message that nobody could read, and for nothing else', async () => {
      await vi.waitFor(async () => {
        const raised = (await rules()).filter(({ state }) => state === 'firing')
        expect(raised.map(({ name }) => name)).toEqual(['MessagesBuried'])
        expect(raised[0]?.alerts[0]?.annotations['summary']).toBe('notifications__on-order-confirmed of notifications gave messages up')
      }, patiently)
    })
  })
}
