import { copyOfCheckout, type CopyOfCheckout } from '@tools/ashlar/copy-of-checkout'
import { afterAll, expect, it } from 'vitest'
import { repository } from '../harness/shop.ts'

const copy: CopyOfCheckout = await copyOfCheckout(repository)
afterAll(() => copy[Symbol.asyncDispose]())

const made = [
  'service reviews',
  // what has no plural, and what has one that is a word of the language
  'service billing',
  'service news',
  'contract parcels',
  'service parcels',
  'operation reviews findReview --query',
  'operation orders splitOrder',
  'event catalogue priceChanged',
  'event reviews reviewWithdrawn',
]

it.each([
  ['service orders', 'there is a service orders already'],
  ['contract orders', 'there is a contract orders already'],
  ['service Reviews', 'use one lower-case word'],
  ['service gateway', '"gateway" is taken here already'],
  ['operation orders placeOrder', 'place-order.ts is there already'],
  // only the whole contract knows
  ['operation orders placeorder', '"placeorder" and "placeOrder" are one name in other languages'],
  ['event orders order_lost', 'use a noun and a past participle'],
])('npm run ashlar -- new %s is refused, and leaves nothing', async (words, why) => {
  const { code, said } = await copy.run('npm', 'run', '--silent', 'ashlar', '--', 'new', ...words.split(' '))
  expect([code, said]).toEqual([1, expect.stringContaining(why)])
  expect((await copy.run('git', 'status', '--porcelain', '--ignored', '--', '.', ':!node_modules')).said).toBe('')
})

it.each(made)('npm run ashlar -- new %s', async (words) => {
  const { code, said } = await copy.run('npm', 'run', '--silent', 'ashlar', '--', 'new', ...words.split(' '))
  expect([code, said]).toEqual([0, expect.stringMatching(/^wrote /)])
})

it('leaves what npm itself would write into the lock file, without asking anybody', async () => {
  await copy.run('git', 'add', '--all')
  const { code } = await copy.run('npm', 'install', '--package-lock-only', '--offline', '--ignore-scripts', '--no-audit', '--no-fund')
  expect([code, (await copy.run('git', 'diff', '--', 'package-lock.json')).said]).toEqual([0, ''])
})

it('leaves nothing that a check finds wrong', async () => {
  const { code, said } = await copy.run('npm', 'run', '--silent', 'check')
  expect([code, said]).toEqual([0, expect.stringContaining(' passed, 0 failed')])
})

const folders = ['services/reviews', 'services/billing', 'services/news', 'services/parcels']

it('leaves tests that pass, and none of the others broken that tell what services there are', async () => {
  const lists = ['services/orders', 'contracts', 'deploy/compose', 'gateway/src/open-api.test.ts', 'tools/check', 'tools/dev/src/system']
  const { code, said } = await copy.run('npm', 'test', '--', '--project', 'unit', ...folders, ...lists)
  expect([code, said]).toEqual([0, expect.stringMatching(/Tests {2}\d+ passed/)])
})

it('leaves stores that keep what they are given in PostgreSQL', async () => {
  const { code, said } = await copy.run('npm', 'test', '--', '--project', 'service', ...folders)
  expect([code, said]).toEqual([0, expect.stringMatching(/Test Files {2}4 passed/)])
})

it('leaves what consumers can tell of a new contract', async () => {
  // new pacts are written as on a developer's machine: where CI is set they would be asked for
  const { code, said } = await copy.run('npm', 'run', 'test:contract', '--', '--project', 'consumers', '--update=new', 'gateway/test')
  expect([code, said]).toEqual([0, expect.stringContaining('gateway/test/news.pact.test.ts')])
})
