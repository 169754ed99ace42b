import { given, noDatabase } from '@ashlar/testing'
import { orderPlaced } from '@contracts/orders'
import { describe, expect, it } from 'vitest'
import { inMemoryOrderStore } from '../adapters/in-memory-order-store.ts'
import type { Pricing } from '../ports.ts'
import { cancelOrder } from './cancel-order.ts'
import { getOrder } from './get-order.ts'
import { listOrders } from './list-orders.ts'
import { placeOrder } from './place-order.ts'

const ada = '01935b00-0000-7000-8000-0000000000aa'
const bob = '01935b00-0000-7000-8000-0000000000bb'
const wish = {
  lines: [{ sku: 'TEA-EARL-GREY', quantity: 2 }],
  payment: { method: 'card' as const, token: 'tok_visa' },
  shipTo: { name: 'Ada', line1: '12 St James’s Square', city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' },
}
const tea = { sku: 'TEA-EARL-GREY', name: 'Earl Grey', quantity: 2, unitPrice: { amountMinor: 1250, currency: 'EUR' } }

type AbortOutcome = 'aborting' | 'too_late' | 'not_found' | 'ended'

const today: Pricing = { kind: 'priced', lines: [tea] }

function orders({ pricing = today, abort = 'aborting' }: { pricing?: Pricing; abort?: AbortOutcome } = {}) {
  const started: unknown[] = []
  let ids = 0
  return {
    started,
    orderStore: inMemoryOrderStore(),
    prices: { of: () => Promise.resolve(pricing) },
    ids: { next: () => `01935b00-0000-7000-8000-00000000000${(ids += 1)}` },
    clock: { now: () => new Date('2026-03-01T10:00:00Z') },
    sagas: {
      start: (_definition: unknown, state: unknown) => Promise.resolve(String(started.push(state))),
      abort: () => Promise.resolve(abort),
    },
  }
}

describe('placing an order', () => {
  it('answers what it costs today, starts the checkout and announces the order', async () => {
    const needs = orders()
    const scenario = given(needs).when(placeOrder, wish, { customer: ada, stepKey: 'key 1' })
    await scenario.thenAnswers({ status: 'pending', total: { amountMinor: 2500, currency: 'EUR' } })
    await scenario.thenEmits(orderPlaced, { customerId: ada, total: { amountMinor: 2500, currency: 'EUR' } })
    expect(needs.started).toMatchObject([{ customerId: ada, total: { amountMinor: 2500 }, shipTo: wish.shipTo }])
  })

  it('names a product nobody sells, and starts nothing', async () => {
    const needs = orders({ pricing: { kind: 'unknown', sku: 'TEA-EARL-GREY' } })
    const scenario = given(needs).when(placeOrder, wish, { customer: ada })
    await scenario.thenRefuses('unknown_product', { sku: 'TEA-EARL-GREY' })
    await scenario.thenEmitsNothing()
    expect(needs.started).toEqual([])
  })

  it('answers a repeat under the same key with the order it made before', async () => {
    const needs = orders()
    await given(needs).when(placeOrder, wish, { customer: ada, stepKey: 'key 1' }).thenAnswers({})
    const repeat = given(needs).when(placeOrder, wish, { customer: ada, stepKey: 'key 1' })
    await repeat.thenAnswers({ id: '01935b00-0000-7000-8000-000000000001' })
    await repeat.thenEmitsNothing()
    expect(needs.started).toHaveLength(1)
  })
})

describe('looking at orders', () => {
  it('shows a customer their own, and hides it from another', async () => {
    const needs = orders()
    await given(needs).when(placeOrder, wish, { customer: ada }).thenAnswers({})
    const orderId = '01935b00-0000-7000-8000-000000000001'
    await given(needs).when(getOrder, { orderId }, { customer: ada }).thenAnswers({ id: orderId })
    await given(needs).when(getOrder, { orderId }, { customer: bob }).thenRefuses('order_not_found')
  })

  it('gives a cursor while there is more, and refuses one it never gave', async () => {
    const needs = orders()
    for (const stepKey of ['1', '2', '3']) await given(needs).when(placeOrder, wish, { customer: ada, stepKey }).thenAnswers({})
    const nextCursor = Buffer.from('01935b00-0000-7000-8000-000000000002').toString('base64url')
    await given(needs).when(listOrders, { limit: 2 }, { customer: ada }).thenAnswers({ nextCursor })
    const last = given(needs).when(listOrders, { limit: 2, cursor: nextCursor }, { customer: ada })
    await last.thenAnswers({ items: [{ id: '01935b00-0000-7000-8000-000000000001' } as never] })
    await given(needs).when(listOrders, { limit: 2, cursor: 'bm9uc2Vuc2U' }, { customer: ada }).thenRefuses('invalid_cursor')
  })
})

describe('calling an order off', () => {
  const orderId = '01935b00-0000-7000-8000-000000000001'
  const placed = async (abort: AbortOutcome) => {
    const needs = orders({ abort })
    await given(needs).when(placeOrder, wish, { customer: ada }).thenAnswers({})
    return needs
  }

  it('is accepted while the checkout can be taken back', async () => {
    await given(await placed('aborting'))
      .when(cancelOrder, { orderId }, { customer: ada })
      .thenAnswers({ id: orderId })
  })

  it.each(['too_late', 'ended'] as const)('is too late once the checkout is %s', async (outcome) => {
    await given(await placed(outcome))
      .when(cancelOrder, { orderId }, { customer: ada })
      .thenRefuses('too_late_to_cancel')
  })

  it('is answered again once it is done', async () => {
    const needs = await placed('ended')
    await needs.orderStore.move(noDatabase, orderId, { status: 'cancelled' })
    await given(needs).when(cancelOrder, { orderId }, { customer: ada }).thenAnswers({ status: 'cancelled' })
  })

  it('of somebody else is not possible', async () => {
    await given(await placed('aborting'))
      .when(cancelOrder, { orderId }, { customer: bob })
      .thenRefuses('order_not_found')
  })
})
