import { given } from '@ashlar/testing'
import { stockCommitted, stockReleased, stockReserved } from '@contracts/inventory'
import { beforeEach, describe, expect, it } from 'vitest'
import { inMemoryStock } from '../adapters/in-memory-stock.ts'
import { commitStock } from './commit-stock.ts'
import { releaseStock } from './release-stock.ts'
import { reserveStock } from './reserve-stock.ts'

const orderId = '01935b00-0000-7000-8000-000000000001'
const lines = [{ sku: 'TEA-EARL-GREY', quantity: 2 }]
const reservationId = '01935b00-0000-7000-8000-000000000101'

function shelves() {
  let made = 0
  const next = () => `01935b00-0000-7000-8000-00000000010${(made += 1)}`
  return { stock: inMemoryStock({ 'TEA-EARL-GREY': 5, 'POT-CAST-IRON': 12 }), ids: { next } }
}

let needs: ReturnType<typeof shelves>
beforeEach(() => void (needs = shelves()))

const reserving = () => given(needs).when(reserveStock, { orderId, lines }, { service: 'orders', stepKey: 'reserve' })
const releasing = () => given(needs).when(releaseStock, { orderId }, { service: 'orders', stepKey: 'release' })
const committing = () => given(needs).when(commitStock, { orderId }, { service: 'orders', stepKey: 'commit' })

describe('reserving', () => {
  it('sets the units aside and announces them', async () => {
    const scenario = reserving()
    await scenario.thenAnswers({ reservationId })
    await scenario.thenEmits(stockReserved, { reservationId, orderId, lines })
    expect(needs.stock.levels()[0]).toEqual({ sku: 'TEA-EARL-GREY', onHand: 3, reserved: 2, sold: 0 })
  })

  it('names the line that is out of stock, and takes nothing of the others', async () => {
    const tooMuch = [...lines, { sku: 'POT-CAST-IRON', quantity: 500 }]
    const scenario = given(needs).when(reserveStock, { orderId, lines: tooMuch })
    await scenario.thenRefuses('out_of_stock', { sku: 'POT-CAST-IRON', available: 12 })
    await scenario.thenEmitsNothing()
    expect(needs.stock.levels()[0]).toMatchObject({ onHand: 5, reserved: 0 })
  })

  it('changes nothing when it is repeated, whatever the key', async () => {
    await reserving().thenAnswers({ reservationId })
    const repeat = given(needs).when(reserveStock, { orderId, lines }, { stepKey: 'another' })
    await repeat.thenAnswers({ reservationId })
    await repeat.thenEmitsNothing()
    expect(needs.stock.levels()[0]).toMatchObject({ onHand: 3, reserved: 2 })
  })

  it('is refused when the release came first, and the stock stays on the shelf', async () => {
    await releasing().thenAnswers({ outcome: 'nothing_reserved' })
    await reserving().thenRefuses('reservation_released')
    expect(needs.stock.levels()[0]).toMatchObject({ onHand: 5, reserved: 0 })
  })
})

describe('releasing', () => {
  it('gives everything back, once', async () => {
    await reserving().thenAnswers({})
    await (await releasing().thenAnswers({ outcome: 'released' })).thenEmits(stockReleased, { reservationId, lines })
    await (await releasing().thenAnswers({ outcome: 'released' })).thenEmitsNothing()
    expect(needs.stock.levels()[0]).toEqual({ sku: 'TEA-EARL-GREY', onHand: 5, reserved: 0, sold: 0 })
  })

  it('answers the same when it came first and comes again', async () => {
    await releasing().thenAnswers({ outcome: 'nothing_reserved' })
    await releasing().thenAnswers({ outcome: 'nothing_reserved' })
  })

  it('does not take back what was sold', async () => {
    await reserving().thenAnswers({})
    await committing().thenAnswers({})
    await releasing().thenRefuses('already_sold')
  })
})

describe('committing', () => {
  it('sells what was reserved, once', async () => {
    await reserving().thenAnswers({})
    await (await committing().thenAnswers({ reservationId })).thenEmits(stockCommitted, { orderId, lines })
    await (await committing().thenAnswers({ reservationId })).thenEmitsNothing()
    expect(needs.stock.levels()[0]).toEqual({ sku: 'TEA-EARL-GREY', onHand: 3, reserved: 0, sold: 2 })
  })

  it('has nothing to sell without a reservation, or after its release', async () => {
    await committing().thenRefuses('nothing_reserved')
    await releasing().thenAnswers({})
    await committing().thenRefuses('nothing_reserved')
  })
})
