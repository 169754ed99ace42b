import { expect, it } from 'vitest'
import { readVerification } from './read-verification.ts'

const about = { provider: 'catalogue', asked: [], failedStates: [] }
const said = (mismatches: readonly object[]) =>
  JSON.stringify({
    interactionResults: [
      { consumer: 'orders', description: 'priceLines: what is sold', result: 'Error', mismatch: { type: 'mismatches', mismatches } },
      { consumer: 'gateway', description: 'getProduct: a product', result: 'OK' },
    ],
  })

it('names the consumer, the operation and the path as the consumer writes it', () => {
  const { replayed } = readVerification(
    said([
      {
        type: 'BodyMismatch',
        path: '$.result.data.lines[0].unitPrice',
        mismatch: 'Actual map is missing the following keys: amountMinor, currency',
      },
      { type: 'BodyMismatch', path: '$.result.data.lines[0].name', mismatch: "Expected 1 (Integer) to be the same type as 'Tea' (String)" },
      { type: 'StatusMismatch', mismatch: 'expected 200 but was 404' },
    ]),
    about,
  )
  expect(replayed[0]?.broken).toEqual([
    'orders reads $.lines[0].unitPrice.amountMinor of catalogue.priceLines (what is sold): it is not there',
    'orders reads $.lines[0].unitPrice.currency of catalogue.priceLines (what is sold): it is not there',
    "orders reads $.lines[0].name of catalogue.priceLines (what is sold): Expected 1 (Integer) to be the same type as 'Tea' (String)",
    'orders reads the status of catalogue.priceLines (what is sold): expected 200 but was 404',
  ])
  expect(replayed[1]?.broken).toEqual([])
})

it('says so when an interaction fails without a mismatch', () => {
  const failing = {
    consumer: 'orders',
    description: 'priceLines: what is sold',
    result: 'Error',
    mismatch: { type: 'error', message: 'connection refused' },
  }
  const { replayed } = readVerification(JSON.stringify({ interactionResults: [failing] }), about)
  expect(replayed[0]?.broken).toEqual(['orders asks catalogue.priceLines (what is sold): connection refused'])
})

it('takes an interaction that was passed over for a problem', () => {
  const asked = [
    { consumer: 'orders', description: 'priceLines: what is sold' },
    { consumer: 'orders', description: 'getProduct: a product' },
    { consumer: 'gateway', description: 'getProduct: a product' },
  ]
  expect(readVerification(said([]), { ...about, asked }).problems).toEqual(['"getProduct: a product" of orders was not replayed'])
})

it('takes what cannot be read for a problem, and never for a pact that is kept', () => {
  expect(readVerification('the verifier died', about)).toEqual({ provider: 'catalogue', replayed: [], problems: ['the verifier died'] })
})
