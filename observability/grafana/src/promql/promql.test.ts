import { expect, it } from 'vitest'
import { inRange, now, perSecond, quantile, share } from './expressions.ts'
import { metric } from './metric.ts'

it('counts a histogram by its count and a counter by itself', () => {
  expect(perSecond(metric('rpc_server_call_duration_seconds'), ['caller'])).toBe(
    'sum by (caller) (rate(rpc_server_call_duration_seconds_count[$__rate_interval]))',
  )
  expect(inRange(metric('dead_letters_total', { error_class: 'held' }))).toBe(
    'sum (increase(dead_letters_total{error_class="held"}[$__range]))',
  )
})

it('keeps the buckets apart and nothing else that was not asked for', () => {
  expect(quantile(0.95, metric('outbox_relay_lag_seconds', { service: { chosen: 'service' } }))).toBe(
    'histogram_quantile(0.95, sum by (le) (rate(outbox_relay_lag_seconds_bucket{service=~"$service"}[$__rate_interval])))',
  )
})

it('takes values as they are written, not as patterns', () => {
  const { name, where } = metric('rpc_client_call_duration_seconds', { rpc_method: { anyOf: ['orders.v1/placeOrder', 'a|b'] } })
  expect(perSecond({ name, where })).toContain(String.raw`{rpc_method=~"orders\\.v1/placeOrder|a\\|b"}`)
})

it('says 0 where there is a whole and no part', () => {
  expect(share('part', 'whole')).toBe('(part or whole * 0) / (whole > 0)')
})

it('compiles with metrics, labels and values of the vocabulary only', () => {
  const wrong = (): void => {
    // @ts-expect-error no such metric
    metric('orders_lost_total')
    // @ts-expect-error no such label
    metric('saga_instances', { customer: 'ada' })
    // @ts-expect-error not one of its values
    metric('saga_instances', { status: 'lost' })
    // @ts-expect-error a gauge has no buckets
    quantile(0.95, metric('saga_instances'))
    // @ts-expect-error a histogram is not one value
    now('max', metric('outbox_relay_lag_seconds'))
    // @ts-expect-error not grouped by what it does not have
    now('max', metric('saga_instances'), ['caller'])
  }
  expect(wrong).toBeTypeOf('function')
})
