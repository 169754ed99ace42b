import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Seen } from './seen-shop.ts'

const mostSeries = 2_000

/** What being seen takes; printed, as docs/observability.md tells it. */
export function figures({ answers, stack, journeys }: Seen): void {
  describe('figures', () => {
    it(`a service has at most ${mostSeries} series`, async () => {
      const counted = await answers.now('sort_desc(count by (service) ({job="services"}))')
      const series = counted.map(({ labels, values }) => ({ service: labels['service'], series: values[0] ?? 0 }))
      print('series', series.map((one) => `${one.service} ${one.series}`).join(', '))
      expect(series.filter((one) => one.series > mostSeries)).toEqual([])
      expect(series.length).toBeGreaterThanOrEqual(8)
    })

    it('an order has no more spans than somebody can read', async () => {
      const { confirmed, declined, outOfStock } = journeys
      const spansOf = async ({ traceId }: { traceId: string }): Promise<number> => (await answers.trace(traceId)).length
      const counts = { confirmed: await spansOf(confirmed), declined: await spansOf(declined), 'out of stock': await spansOf(outOfStock) }
      print(
        'spans',
        Object.entries(counts)
          .map(([how, count]) => `${how} ${count}`)
          .join(', '),
      )
      expect(counts.confirmed).toBeGreaterThan(40)
      expect(counts.confirmed).toBeLessThan(80)
    })

    it.runIf(process.platform === 'linux')('the stack takes no more than a gigabyte', async () => {
      const sizes = await Promise.all(stack.servers.map(async ({ title, pid }) => ({ title, mb: await residentMb(pid) })))
      const total = sizes.reduce((sum, { mb }) => sum + mb, 0)
      print('memory', `${sizes.map(({ title, mb }) => `${title} ${mb} MB`).join(', ')}; together ${total} MB`)
      expect(total).toBeLessThan(1_000)
    })
  })
}

function print(what: string, text: string): void {
  process.stdout.write(`  ${what}: ${text}\n`)
}

async function residentMb(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024)
}
