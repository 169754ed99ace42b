import { describe, expect, it, vi } from 'vitest'
import { patiently } from './ask-stack.ts'
import { everyone } from './journeys.ts'
import type { Seen } from './seen-shop.ts'

/** From one signal to another. */
export function leads({ answers, journeys: { confirmed } }: Seen): void {
  const { traceId } = confirmed
  const linesOfTrace = `{service_name=~".+"} | trace_id="${traceId}"`

  describe('a trace', () => {
    it('leads to the log lines of every service that did something', async () => {
      await vi.waitFor(async () => {
        const lines = await answers.lines(linesOfTrace)
        // The card provider is somebody else's: it does not log for us.
        const ours = everyone.filter((service) => service !== 'card-provider')
        expect(new Set(lines.map(({ labels }) => labels['service_name']))).toEqual(new Set(ours))
      }, patiently)
    })

    it('is where its lines say they belong', async () => {
      const spans = new Set((await answers.trace(traceId)).map(({ service, spanId }) => `${service} ${spanId}`))
      const lines = await answers.lines(linesOfTrace)
      const astray = lines.filter(({ labels }) => !spans.has(`${labels['service_name']} ${labels['span_id']}`))
      expect(astray).toEqual([])
    })

    it('is found by the order’s id', async () => {
      const tags = JSON.stringify({ 'order.id': confirmed.order.id })
      const { data } = await answers.jaeger<{ data: { traceID: string }[] }>('/api/traces', { service: 'orders', tags, lookback: '1h' })
      expect(data.map(({ traceID }) => traceID)).toContain(traceId)
    })
  })

  describe('an exemplar', () => {
    it.each([
      'http_server_request_duration_seconds_bucket',
      'rpc_server_call_duration_seconds_bucket',
      'rpc_client_call_duration_seconds_bucket',
      'messaging_process_duration_seconds_bucket',
      'saga_step_duration_seconds_bucket',
      'outbox_relay_lag_seconds_bucket',
    ])('of %s opens as a trace', async (metric) => {
      const exemplars = await vi.waitFor(async () => {
        const found = await answers.exemplars(metric)
        expect(found, 'no series has an exemplar').not.toEqual([])
        return found
      }, patiently)
      const ids = [...new Set(exemplars.map((one) => one.traceId))]
      const closed: string[] = []
      for (const id of ids) if ((await answers.trace(id)).length === 0) closed.push(id)
      expect(closed).toEqual([])
    })
  })
}
