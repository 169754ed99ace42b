import { given } from '@ashlar/testing'
import { paymentCharged, paymentRefunded } from '@contracts/payments'
import { beforeEach, describe, expect, it } from 'vitest'
import { inMemoryCardProvider } from '../adapters/in-memory-card-provider.ts'
import { inMemoryCharges } from '../adapters/in-memory-charges.ts'
import type { CardProvider } from '../ports.ts'
import { charge } from './charge.ts'
import { refund } from './refund.ts'

const orderId = '01935b00-0000-7000-8000-000000000001'
const amount = { amountMinor: 2_500, currency: 'EUR' }
const chargeId = '01935b00-0000-7000-8000-000000000101'

function shop() {
  let made = 0
  const next = () => `01935b00-0000-7000-8000-00000000010${(made += 1)}`
  return { charges: inMemoryCharges(), provider: inMemoryCardProvider(), ids: { next } }
}

let needs: ReturnType<typeof shop>
beforeEach(() => void (needs = shop()))

const charging = (token = 'tok_visa', provider: CardProvider = needs.provider) =>
  given({ ...needs, provider }).when(charge, { orderId, amount, payment: { method: 'card', token } }, { stepKey: 'charge' })
const refunding = () => given(needs).when(refund, { orderId }, { stepKey: 'refund' })

describe('charging', () => {
  it('takes the money and announces it', async () => {
    await (await charging().thenAnswers({ chargeId })).thenEmits(paymentCharged, { chargeId, orderId, amount })
    expect(needs.provider.takenMinor()).toBe(2_500)
  })

  it('takes it once, however often it is asked', async () => {
    await charging().thenAnswers({ chargeId })
    await (await charging().thenAnswers({ chargeId })).thenEmitsNothing()
    expect(needs.provider.takenMinor()).toBe(2_500)
  })

  it('says why the card was declined, and says it again', async () => {
    await charging('tok_declined').thenRefuses('card_declined', { declineCode: 'insufficient_funds' })
    await charging('tok_declined').thenRefuses('card_declined', { declineCode: 'insufficient_funds' })
    expect(needs.provider.takenMinor()).toBe(0)
  })

  it('stays unknown while the provider is down, and is settled later under the same key', async () => {
    await expect(charging('tok_down').thenAnswers({})).rejects.toThrow('503')
    await charging('tok_visa').thenAnswers({ chargeId })
    expect(needs.provider.takenMinor()).toBe(2_500)
  })

  it('asks how it ended before it charges again, when the first answer was lost', async () => {
    const answerLost: CardProvider = {
      ...needs.provider,
      async charge(...asked) {
        await needs.provider.charge(...asked)
        throw new Error('the connection was lost')
      },
    }
    await expect(charging('tok_visa', answerLost).thenAnswers({})).rejects.toThrow('lost')
    await (await charging('tok_visa', answerLost).thenAnswers({ chargeId })).thenEmits(paymentCharged, { chargeId })
    expect(needs.provider.takenMinor()).toBe(2_500)
  })
})

describe('an order that costs nothing', () => {
  // as providers do: the card provider of the shop refuses a charge of nothing
  const picky = (provider: CardProvider): CardProvider => ({
    ...provider,
    charge: (asked, to) =>
      asked.amount.amountMinor > 0
        ? provider.charge(asked, to)
        : Promise.reject(new Error('the card provider answered 400 invalid_charge')),
  })
  const free = { amountMinor: 0, currency: 'EUR' }
  const chargingNothing = () =>
    given({ ...needs, provider: picky(needs.provider) }).when(
      charge,
      { orderId, amount: free, payment: { method: 'card', token: 'tok_visa' } },
      { stepKey: 'charge' },
    )

  it('is paid without the provider, and announced', async () => {
    await (await chargingNothing().thenAnswers({ chargeId })).thenEmits(paymentCharged, { chargeId, orderId, amount: free })
  })

  it('is given back without the provider too', async () => {
    await chargingNothing().thenAnswers({ chargeId })
    await (await refunding().thenAnswers({ outcome: 'refunded' })).thenEmits(paymentRefunded, { chargeId, amount: free })
    await refunding().thenAnswers({ outcome: 'refunded' })
    await chargingNothing().thenRefuses('charge_cancelled')
  })
})

describe('refunding', () => {
  it('gives everything back, once', async () => {
    await charging().thenAnswers({})
    await (await refunding().thenAnswers({ outcome: 'refunded' })).thenEmits(paymentRefunded, { chargeId, amount })
    await (await refunding().thenAnswers({ outcome: 'refunded' })).thenEmitsNothing()
    expect(needs.provider.takenMinor()).toBe(0)
  })

  it('that comes first leaves nothing to charge', async () => {
    await (await refunding().thenAnswers({ outcome: 'nothing_charged' })).thenEmitsNothing()
    await charging().thenRefuses('charge_cancelled')
    expect(needs.provider.takenMinor()).toBe(0)
  })

  it('has nothing to give back for a declined card', async () => {
    await charging('tok_declined').thenRefuses('card_declined')
    await refunding().thenAnswers({ outcome: 'nothing_charged' })
  })

  it('finds out by itself how an unknown charge ended, and announces both', async () => {
    const answerLost: CardProvider = {
      ...needs.provider,
      charge: (...asked) => needs.provider.charge(...asked).then(() => Promise.reject(new Error('the connection was lost'))),
    }
    await expect(charging('tok_visa', answerLost).thenAnswers({})).rejects.toThrow('lost')
    const refunded = await refunding().thenAnswers({ outcome: 'refunded' })
    await refunded.thenEmits(paymentCharged, { chargeId })
    await refunded.thenEmits(paymentRefunded, { chargeId })
    expect(needs.provider.takenMinor()).toBe(0)
  })

  it('in the middle of a charge leaves nothing taken, whichever reaches the provider first', async () => {
    const refundFirst: CardProvider = {
      ...needs.provider,
      async charge(...asked) {
        await refunding().thenAnswers({ outcome: 'nothing_charged' })
        return needs.provider.charge(...asked)
      },
    }
    await charging('tok_visa', refundFirst).thenRefuses('charge_cancelled')

    needs = shop()
    const chargeFirst: CardProvider = {
      ...needs.provider,
      async charge(...asked) {
        const outcome = await needs.provider.charge(...asked)
        await refunding().thenAnswers({ outcome: 'refunded' })
        return outcome
      },
    }
    await charging('tok_visa', chargeFirst).thenRefuses('charge_cancelled')
    expect(needs.provider.takenMinor()).toBe(0)
  })
})
