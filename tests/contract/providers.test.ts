import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pactSection, withPactSection } from '@tools/ashlar/contract-changes'
import { allContracts } from '@tools/ashlar/pacts'
import { describe, expect, it } from 'vitest'
import { repository } from '../harness/shop.ts'
import { runChangedCopy, type Edit } from './changed-copy.ts'
import { declaredConversations } from './conversations.ts'
import { foreign } from './foreign.ts'
import { openHeldShop } from './held-shop.ts'
import { holdAndNote } from './note-verification.ts'
import { pactFiles } from './pact-files.ts'
import { recordedConversations } from './recorded-conversations.ts'
import { seenConversations } from './seen-conversations.ts'

const held = await openHeldShop()
const contracts = await allContracts()

describe.each([...(await pactFiles()).keys()])('%s', (provider) => {
  it('is as every consumer reads it', async () => {
    const verification = await holdAndNote(held, provider)
    expect(verification.problems).toEqual([])
    expect(verification.replayed.flatMap(({ broken }) => broken)).toEqual([])
  })
})

describe('the pacts', () => {
  it('cover whoever the contracts let in, every declared error, and every event that is heard', async () => {
    const recorded = await recordedConversations()
    const declared = await declaredConversations(contracts)
    expect(declared.filter((one) => !recorded.includes(one)).map((one) => `no pact tells how ${one}`)).toEqual([])
    expect(recorded.filter((one) => !declared.includes(one)).map((one) => `a pact tells how ${one}, which nobody declares`)).toEqual([])
  })

  it('cover whatever was seen to be said while all this happened', async () => {
    const recorded = await recordedConversations()
    const surely = [
      'gateway calls orders.placeOrder',
      'notifications calls users.getUser',
      'notifications hears orders.orderCancelled',
      'orders calls catalogue.priceLines',
      'orders calls inventory.commitStock',
      'orders calls payments.charge',
    ]
    // spans are sent every few seconds
    const look = () => seenConversations(held.shop, contracts)
    await expect.poll(look, { timeout: 30_000 }).toEqual(expect.arrayContaining(surely))
    const seen = await look()
    expect(seen.filter((one) => !recorded.includes(one)).map((one) => `no pact tells how ${one}`)).toEqual([])
  })
})

describe('a catalogue that renames the currency of its prices', () => {
  const edits: readonly Edit[] = [
    ['contracts/catalogue/shapes/money.ts', 'currency:', 'currencyCode:'],
    ['services/catalogue/src/adapters/postgres-products.ts', `'currency', currency`, `'currencyCode', currency`],
  ]

  it('is told by name who reads it, and where, as docs/contract-changes.md shows', async () => {
    await using changed = await runChangedCopy(held.shop, 'catalogue', edits)
    const { replayed, problems } = await held.hold('catalogue', { url: changed.url })
    expect(problems).toEqual([])
    const broken = replayed.flatMap((one) => one.broken)
    expect(broken).toEqual([
      'gateway reads $.price.currency of catalogue.getProduct (a product that is sold): it is not there',
      'gateway reads $.items[0].price.currency of catalogue.listProducts (a first page): it is not there',
      'orders reads $.lines[0].unitPrice.currency of catalogue.priceLines (a product that is sold): it is not there',
    ])
    const page = join(repository, 'docs', 'contract-changes.md')
    await expect(withPactSection(await readFile(page, 'utf8'), pactSection({ edits, broken }))).toMatchFileSnapshot(page)
  })
})

foreign(held)
