import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startCardProvider, type CardProviderServer } from './start-card-provider.ts'
import { cardClient, type CardClient } from './testing/card-client.ts'

let folder: string
let provider: CardProviderServer
let cards: CardClient

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'card-provider-'))
  provider = await startCardProvider({ ledgerFile: join(folder, 'ledger.jsonl'), slowMs: 50 })
  cards = cardClient(provider.url)
})
afterEach(async () => {
  await provider.close()
  await rm(folder, { recursive: true })
})

describe('a charge', () => {
  it('is made once under one key, and answered the same ever after', async () => {
    const first = await cards.charge('k1', 'tok_visa')
    expect(first).toMatchObject({ status: 201, body: { status: 'charged', amountMinor: 1_250, currency: 'EUR' } })
    expect(await cards.charge('k1', 'tok_visa')).toEqual(first)
    expect((await cards.get('/charges/by-key/k1')).body).toEqual(first.body)
    expect((await cards.get('/ledger')).body).toMatchObject({ totals: { EUR: { chargedMinor: 1_250, refundedMinor: 0 } } })
  })

  it('is one charge when the same key comes twenty times at once', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => cards.charge('k1', 'tok_slow')))
    expect(new Set(replies.map(({ body }) => body['chargeId'])).size).toBe(1)
    expect((await cards.get('/ledger')).body).toMatchObject({ totals: { EUR: { chargedMinor: 1_250 } } })
  })

  it('is refused when its key was used for another amount', async () => {
    await cards.charge('k1', 'tok_visa', 100)
    expect(await cards.charge('k1', 'tok_visa', 200)).toEqual({ status: 422, body: { status: 'idempotency_key_reused' } })
  })

  it('says why the card was declined, again when asked again', async () => {
    const declined = { status: 402, body: { status: 'declined', declineCode: 'insufficient_funds' } }
    expect(await cards.charge('k1', 'tok_declined')).toEqual(declined)
    expect(await cards.charge('k1', 'tok_declined')).toEqual(declined)
    expect((await cards.get('/charges/by-key/k1')).body).toEqual(declined.body)
  })

  it('fails twice for each key with a flaky card, and leaves no trace of it', async () => {
    expect((await cards.charge('k1', 'tok_flaky')).status).toBe(503)
    expect((await cards.charge('k1', 'tok_flaky')).status).toBe(503)
    expect((await cards.get('/charges/by-key/k1')).status).toBe(404)
    expect((await cards.charge('k1', 'tok_flaky')).status).toBe(201)
    expect((await cards.charge('k2', 'tok_flaky')).status).toBe(503)
  })

  it('never comes through with a card whose bank is down', async () => {
    for (let attempt = 0; attempt < 4; attempt += 1) expect((await cards.charge('k1', 'tok_down')).status).toBe(503)
  })
})

describe('a refund', () => {
  it('gives everything back, once, whatever the keys', async () => {
    await cards.charge('k1', 'tok_visa')
    const first = await cards.refund('r1', 'k1')
    expect(first).toMatchObject({ status: 201, body: { status: 'refunded', amountMinor: 1_250 } })
    expect(await cards.refund('r1', 'k1')).toEqual(first)
    expect(await cards.refund('r2', 'k1')).toEqual(first)
    expect((await cards.get('/refunds/by-key/r1')).body).toEqual(first.body)
    expect((await cards.get('/ledger')).body).toMatchObject({ totals: { EUR: { chargedMinor: 1_250, refundedMinor: 1_250 } } })
  })

  it('that comes before its charge closes the key: the charge is refused', async () => {
    expect(await cards.refund('r1', 'k1')).toEqual({ status: 200, body: { status: 'nothing_charged' } })
    expect(await cards.charge('k1', 'tok_visa')).toEqual({ status: 409, body: { status: 'charge_cancelled' } })
    expect((await cards.get('/charges/by-key/k1')).body).toEqual({ status: 'charge_cancelled' })
    expect((await cards.get('/ledger')).body).toMatchObject({ totals: {} })
  })

  it('that overtakes a slow charge still leaves nothing charged', async () => {
    const slow = cards.charge('k1', 'tok_slow')
    await cards.refund('r1', 'k1')
    await slow
    const { totals } = (await cards.get('/ledger')).body as { totals: Record<string, { chargedMinor: number; refundedMinor: number }> }
    expect(totals['EUR']?.chargedMinor).toBe(totals['EUR']?.refundedMinor)
  })
})

it('refuses what it cannot read', async () => {
  expect(await cards.charge('', 'tok_visa')).toEqual({ status: 400, body: { status: 'idempotency_key_missing' } })
  expect(await cards.charge('k1', 'tok_visa', -5)).toEqual({ status: 400, body: { status: 'invalid_charge' } })
  expect((await cards.get('/nothing/here')).status).toBe(404)
})

it('writes no card token into its ledger', async () => {
  await cards.charge('k1', 'tok_visa')
  expect(JSON.stringify((await cards.get('/ledger')).body)).not.toContain('tok_visa')
})
