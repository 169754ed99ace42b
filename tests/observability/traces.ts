import type { ExpectedSpan, SpanRecord } from '@observability/telemetry/testing'
import { expectTrace } from '@observability/telemetry/testing'
import { describe, expect, it, vi } from 'vitest'
import { patiently } from './ask-stack.ts'
import { call, processed, published, step, transaction } from './expected-spans.ts'
import { everyone } from './journeys.ts'
import type { Seen } from './seen-shop.ts'

/** The whole of an order's trace, as Jaeger tells it. */
export function traces({ answers, journeys: { confirmed, declined, outOfStock } }: Seen): void {
  describe('the trace of POST /v1/orders', () => {
    it('reaches from the door to the notification, every service in one tree', async () => {
      await vi.waitFor(async () => {
        expectTrace(await answers.trace(confirmed.traceId))
          .isOf(...everyone)
          .hasNoOrphans()
          .hasNoErrors()
          .contains(
            placed(confirmed.order.id, [
              published('orders', 'orders.order-placed.v1'),
              step('reserve stock', 'done'),
              commanded('inventory.reserve-stock', { by: 'inventory', emits: 'inventory.stock-reserved.v1' }),
              step('charge', 'done'),
              charged({ status: 201, emits: ['payments.payment-charged.v1'] }),
              step('schedule shipment', 'done'),
              commanded('shipping.schedule-shipment', { by: 'shipping', emits: 'shipping.shipment-scheduled.v1' }),
              step('commit stock', 'done'),
              commanded('inventory.commit-stock', { by: 'inventory', emits: 'inventory.stock-committed.v1' }),
              told('orders.order-confirmed.v1'),
            ]),
          )
      }, patiently)
    })

    it('shows what a declined card undoes', async () => {
      await vi.waitFor(async () => {
        expectTrace(await answers.trace(declined.traceId))
          .isOf(...everyone.filter((service) => service !== 'shipping'))
          .hasNoOrphans()
          .contains(
            placed(declined.order.id, [
              step('reserve stock', 'done'),
              commanded('inventory.reserve-stock', { by: 'inventory', emits: 'inventory.stock-reserved.v1' }),
              { ...step('charge', 'refused'), error: 'card_declined' },
              charged({ status: 402, emits: [] }),
              step('reserve stock undo', 'done'),
              commanded('inventory.release-stock', { by: 'inventory', emits: 'inventory.stock-released.v1' }),
              told('orders.order-rejected.v1'),
            ]),
          )
      }, patiently)
    })

    it('ends early when the stock does not suffice', async () => {
      await vi.waitFor(async () => {
        expectTrace(await answers.trace(outOfStock.traceId))
          .isOf('gateway', 'users', 'catalogue', 'inventory', 'orders', 'notifications')
          .hasNoOrphans()
          .contains(
            placed(outOfStock.order.id, [{ ...step('reserve stock', 'refused'), error: 'out_of_stock' }, told('orders.order-rejected.v1')]),
          )
      }, patiently)
    })

    it('is drawn as one tree: on Jaeger’s page, too, every span but the first hangs on another', async () => {
      const { data } = await answers.jaeger<{ data: { spans: PageSpan[] }[] }>(`/api/traces/${confirmed.traceId}`)
      const spans = data[0]?.spans ?? []
      const ids = new Set(spans.map(({ spanID }) => spanID))
      const hanging = spans.filter(({ references: [parent] }) => parent?.traceID === confirmed.traceId && ids.has(parent.spanID))
      expect(spans.filter((span) => !hanging.includes(span)).map(({ operationName }) => operationName)).toEqual(['POST /v1/orders'])
    })

    it('links each delivery to what was published', async () => {
      const spans = await answers.trace(confirmed.traceId)
      const consumers = spans.filter(({ kind }) => kind === 'consumer')
      const loose = consumers.filter((span) => !isLinkedToItsParent(span))
      expect(loose.map(({ service, name }) => `${service} ${name}`)).toEqual([])
      expect(consumers.length).toBeGreaterThan(8)
    })
  })
}

interface PageSpan {
  readonly spanID: string
  readonly operationName: string
  readonly references: readonly { readonly traceID: string; readonly spanID: string }[]
}

function isLinkedToItsParent({ parentSpanId, links }: SpanRecord): boolean {
  return links.some(({ spanId }) => spanId === parentSpanId)
}

function placed(orderId: string, followed: readonly ExpectedSpan[]): ExpectedSpan {
  const decided = { ...transaction('orders', followed), attributes: { 'order.id': orderId } }
  const priced = call('catalogue.v1/priceLines', { from: 'orders', to: 'catalogue' })
  return {
    name: 'POST /v1/orders',
    service: 'gateway',
    kind: 'server',
    attributes: { 'http.route': '/v1/orders' },
    children: [call('orders.v1/placeOrder', { from: 'gateway', to: 'orders', children: [priced, decided] })],
  }
}

/** A command the order's saga sent, what it changed, and its answer, heard. */
function commanded(operation: string, { by, emits }: { by: string; emits: string }): ExpectedSpan {
  const subject = `${operation}.command.v1`
  const changed = transaction(by, [published(by, emits), answered(by)])
  return published('orders', subject, [processed(by, subject, [changed])])
}

function answered(by: string): ExpectedSpan {
  return published(by, 'replies.orders', [processed('orders', 'replies.orders', [transaction('orders')])])
}

function charged({ status, emits }: { status: number; emits: readonly string[] }): ExpectedSpan {
  const asked: ExpectedSpan = {
    name: 'POST /charges',
    service: 'payments',
    kind: 'client',
    children: [{ name: 'POST /charges', service: 'card-provider', kind: 'server', attributes: { 'http.response.status_code': status } }],
  }
  const noted = transaction('payments', [...emits.map((subject) => published('payments', subject)), answered('payments')])
  return published('orders', 'payments.charge.command.v1', [processed('payments', 'payments.charge.command.v1', [asked, noted])])
}

function told(subject: string): ExpectedSpan {
  const lookedUp = call('users.v1/getUser', { from: 'notifications', to: 'users' })
  return published('orders', subject, [processed('notifications', subject, [lookedUp, transaction('notifications')])])
}
