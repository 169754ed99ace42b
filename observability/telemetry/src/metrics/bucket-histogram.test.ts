import { Histogram } from 'prom-client'
import { expect, it } from 'vitest'
import { BucketHistogram } from './bucket-histogram.ts'
import { openMetricsRegistry } from './instruments.ts'

const described = { name: 'call_duration_seconds', help: 'Time a call took.', buckets: [0.001, 0.01, 0.1, 1] }
const [placing, listing] = [
  { operation: 'placeOrder', caller: 'a "quoted" one\\' },
  { operation: 'listOrders', caller: 'gateway' },
]

it('is rendered as prom-client renders its own', async () => {
  const [ours, theirs] = [openMetricsRegistry(), openMetricsRegistry()]
  const own = new BucketHistogram(described)
  ours.registerMetric(own.asMetric())
  const prom = new Histogram({ ...described, labelNames: ['operation', 'caller'], registers: [theirs], enableExemplars: true })
  // on a bound, between bounds, beyond the last and at nothing; sums that do not come out even
  for (const value of [0, 0.001, 0.0011, 0.1, 0.3, 0.1, 1, 1.5, 7])
    for (const labels of [placing, listing]) {
      own.observe(labels, value)
      prom.observe({ labels, value })
    }
  expect(await ours.getSingleMetricAsString(described.name)).toBe(await theirs.getSingleMetricAsString(described.name))
})

it('keeps the last exemplar of each bucket, the one without bound too', async () => {
  const registry = openMetricsRegistry()
  const own = new BucketHistogram(described)
  registry.registerMetric(own.asMetric())
  own.observe(placing, 0.05, { trace_id: 'first' })
  own.observe(placing, 0.06, { trace_id: 'second' })
  own.observe(placing, 0.07)
  own.observe(placing, 5, { trace_id: 'slow' })
  const lines = (await registry.getSingleMetricAsString(described.name)).split('\n').filter((line) => line.includes(' # '))
  expect(lines).toEqual([
    expect.stringMatching(/le="0.1".* 3 # \{trace_id="second"\} 0.06 \d+/),
    expect.stringMatching(/le="\+Inf".* 4 # \{trace_id="slow"\} 5 \d+/),
  ])
})
