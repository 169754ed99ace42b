import { failed, RequestRefusedError } from '@ashlar/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Platform } from './platform.ts'
import type { Server } from './stoppable.ts'
import { bank, bankService, bankTables, quietBank } from './testing/bank.ts'
import { customer, Town, type RawAnswer } from './testing/town.ts'

let town: Town
let platform: Platform
let server: Server
const needs = quietBank()

beforeAll(async () => {
  town = await Town.make({ bank: bankTables })
  platform = await town.platform(['bank'])
  server = await platform.serve(bankService(needs))
})
afterAll(async () => {
  await platform.close()
  await town[Symbol.asyncDispose]()
})
let account: string
let number = 0
beforeEach(() => {
  account = `account-${(number += 1)}`
  Object.assign(needs, quietBank())
})

const depositing = (key: string | undefined, { amount = 5, who = 'ada' } = {}): Promise<RawAnswer> =>
  town.call(server, bank.deposit, { input: { account, amount }, as: customer(who), ...(key === undefined ? {} : { key }) })
const payingOut = (key: string, options: { amount?: number; deadlineMs?: number } = {}): Promise<RawAnswer> => {
  const { amount = 5, ...rest } = options
  return town.call(server, bank.payOut, { input: { account, amount }, as: { kind: 'service', name: 'cafe' }, key, ...rest })
}
const balance = async () => (await town.call(server, bank.getBalance, { input: { account }, as: { kind: 'anonymous' } })).value
const announced = async () => {
  const rows = await town
    .database('bank')
    .query<{ payload: string }>(`select payload from platform.outbox where ordering_key = $1 order by id`, [`/bank/account/${account}`])
  return rows.map(({ payload }) => (JSON.parse(payload) as { data: { amount: number } }).data.amount)
}
const gate = () => {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>()
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
  const wait = async (): Promise<void> => {
    reach()
    await opened
  }
  return { reached, open, wait }
}

describe('a call under a key', () => {
  it('is answered again with the same bytes, and happens once', async () => {
    const first = await depositing('k-1')
    expect(first.status).toBe(200)
    const again = await depositing('k-1')
    expect(again.text).toBe(first.text)
    expect(await balance()).toEqual({ balance: 5 })
    expect(await announced()).toEqual([5])
  })

  it('belongs to its caller: another one with the same key has a deed of their own', async () => {
    const [ada, bob] = [await depositing('shared'), await depositing('shared', { who: 'bob', amount: 7 })]
    expect([ada.status, bob.status]).toEqual([200, 200])
    expect(await balance()).toEqual({ balance: 12 })
  })

  it('is told that the first one is in flight while it is', async () => {
    const { reached, open, wait } = gate()
    needs.booked = wait
    const first = depositing('slow')
    await reached
    expect(await depositing('slow')).toMatchObject({ status: 409, reason: 'request_in_flight' })
    open()
    const { text } = await first
    expect((await depositing('slow')).text).toBe(text)
    expect(await balance()).toEqual({ balance: 5 })
  })

  it('is refused for something else under the same key', async () => {
    await depositing('reused')
    expect(await depositing('reused', { amount: 6 })).toMatchObject({ status: 422, reason: 'idempotency_key_reused' })
    expect(await balance()).toEqual({ balance: 5 })
  })

  it('is refused without a key, with one that cannot be one, and from somebody else', async () => {
    expect(await depositing(undefined)).toMatchObject({ status: 400, reason: 'idempotency_key_required' })
    expect(await depositing('a b')).toMatchObject({ status: 400, reason: 'idempotency_key_invalid' })
    expect(await depositing('k'.repeat(256))).toMatchObject({ status: 400, reason: 'idempotency_key_invalid' })
    const stranger = await town.call(server, bank.deposit, {
      input: { account, amount: 1 },
      as: { kind: 'service', name: 'stranger' },
      key: 'k',
    })
    expect(stranger).toMatchObject({ status: 403, reason: 'forbidden' })
    expect(await balance()).toEqual({ balance: 0 })
  })

  it('that comes twenty times at once happens once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => depositing('crowd')))
    expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([])
    expect(await balance()).toEqual({ balance: 5 })
    expect(await announced()).toEqual([5])
  })
})

describe('a deed that goes wrong', () => {
  const leftBy = async ({ status, reason }: RawAnswer) => ({
    status,
    reason,
    ...((await balance()) as object),
    announced: await announced(),
  })
  const nothing = { status: 500, reason: 'internal', balance: 0, announced: [] }

  it('by an answer its contract does not allow is rolled back, and its key is free', async () => {
    needs.booked = () => Promise.resolve({ receipt: 7 })
    expect(await leftBy(await depositing('wrong'))).toEqual(nothing)
    needs.booked = () => Promise.resolve(failed('too_little', { balance: 0 }))
    expect(await leftBy(await depositing('wrong'))).toEqual(nothing)
    Object.assign(needs, quietBank())
    expect(await depositing('wrong')).toMatchObject({ status: 200 })
  })

  it('by a throw announces nothing', async () => {
    needs.booked = () => Promise.reject(new Error('the pen broke'))
    expect(await leftBy(await depositing('thrown'))).toEqual(nothing)
  })

  it('by a refusal its handler throws is a bug like any other: nobody is told that nothing has happened', async () => {
    needs.booked = () => Promise.reject(new RequestRefusedError({ status: 'FORBIDDEN', reason: 'forbidden' }, 'not you'))
    expect(await leftBy(await depositing('refused'))).toEqual(nothing)
  })

  it('by an event its contract does not list is rolled back, even when the handler looks away', async () => {
    needs.booked = async ({ account, emit }) => emit(bank.events.accountLocked as never, { account } as never)
    expect(await leftBy(await depositing('unlisted'))).toEqual(nothing)
    needs.booked = async ({ account, emit }) => {
      try {
        emit(bank.events.accountLocked as never, { account } as never)
      } catch {
        // a handler that thinks it knows better
      }
    }
    expect(await leftBy(await depositing('unlisted'))).toEqual(nothing)
  })

  it('by data its event does not allow is rolled back', async () => {
    needs.booked = async ({ emit }) => emit(bank.events.moneyMoved as never, { account: 7 } as never)
    expect(await leftBy(await depositing('odd'))).toEqual(nothing)
  })

  it('by calling another service in the middle of its transaction is rolled back', async () => {
    const another = platform.client(bank)
    needs.booked = async () => void (await another.getBalance({ account }))
    expect(await leftBy(await depositing('calling'))).toEqual(nothing)
  })
})

describe('a staged call', () => {
  beforeEach(async () => {
    await depositing(`funds-${account}`, { amount: 100 })
  })

  it('answers a declared error as an answer: kept, and given again', async () => {
    const poor = await payingOut('poor', { amount: 101 })
    expect(poor).toMatchObject({ status: 409, reason: 'too_little' })
    await depositing('more', { amount: 100 })
    expect((await payingOut('poor', { amount: 101 })).text).toBe(poor.text)
  })

  it('is told that the first one is in flight while its effect runs', async () => {
    const { reached, open, wait } = gate()
    needs.world.before = wait
    const first = payingOut('slow')
    await reached
    expect(await payingOut('slow')).toMatchObject({ status: 409, reason: 'request_in_flight' })
    open()
    const { text } = await first
    expect((await payingOut('slow')).text).toBe(text)
    expect(needs.world.total()).toBe(5)
  })

  it('that dies between its effect and its end asks the outside by the same key, and pays out once', async () => {
    needs.settling = () => Promise.reject(new Error('killed here'))
    expect(await payingOut('torn')).toMatchObject({ status: 500, reason: 'internal' })
    expect(await balance()).toEqual({ balance: 100 })
    needs.settling = () => Promise.resolve()
    expect(await payingOut('torn')).toMatchObject({ status: 200, value: { balance: 95 } })
    expect(needs.world.asked).toHaveLength(2)
    expect(new Set(needs.world.asked)).toEqual(new Set(['service:cafe bank.v1/payOut torn']))
    expect(needs.world.total()).toBe(5)
    expect(await announced()).toEqual([100, -5])
  })

  it('whose database goes away before its end may be repeated as soon as it is back', async () => {
    let bringBack: (() => Promise<void>) | undefined
    needs.settling = async () => void (bringBack ??= await town.takeAway('bank'))
    expect((await payingOut('away')).status).toBe(503)
    await bringBack?.()
    // long before the lease of a key ends
    await expect.poll(() => payingOut('away'), { timeout: 15_000, interval: 100 }).toMatchObject({ status: 200, value: { balance: 95 } })
    expect(needs.world.total()).toBe(5)
  })

  it('that is overtaken by a repeat after its lease commits nothing, and is told to ask again', async () => {
    const { reached, open, wait } = gate()
    needs.world.before = wait
    const slow = payingOut('overtaken')
    await reached
    await town.database('bank').query(`update platform.idempotency set claimed_until = now() where key = 'overtaken'`)
    needs.world.before = () => Promise.resolve()
    const quick = await payingOut('overtaken')
    expect(quick).toMatchObject({ status: 200, value: { balance: 95 } })
    open()
    expect(await slow).toMatchObject({ status: 409, reason: 'request_in_flight' })
    expect((await payingOut('overtaken')).text).toBe(quick.text)
    expect(await balance()).toEqual({ balance: 95 })
    expect(await announced()).toEqual([100, -5])
  })

  it('holds its key for as long as it is worked on, and a few seconds at a time', async () => {
    const { reached, open, wait } = gate()
    needs.world.before = wait
    const first = payingOut('leased')
    await reached
    const lease = async () => {
      const [row] = await town
        .database('bank')
        .query<{ until: Date; seconds: number }>(
          `select claimed_until as until, extract(epoch from claimed_until - now())::float8 as seconds from platform.idempotency where key = 'leased'`,
        )
      return row ?? { until: new Date(0), seconds: 0 }
    }
    const { until } = await lease()
    await expect.poll(async () => (await lease()).until > until, { timeout: 15_000 }).toBe(true)
    expect((await lease()).seconds).toBeLessThanOrEqual(5)
    const { error } = JSON.parse((await payingOut('leased')).text) as { error: { data: { retryAfterSeconds: number } } }
    expect(error.data.retryAfterSeconds).toBeGreaterThanOrEqual(1)
    expect(error.data.retryAfterSeconds).toBeLessThanOrEqual(5)
    open()
    expect(await first).toMatchObject({ status: 200 })
  })

  it('is given up when its caller stops waiting, although the effect does not listen, and can be repeated', async () => {
    let heard: AbortSignal | undefined
    needs.world.before = (signal) => {
      heard = signal
      return new Promise(() => undefined)
    }
    expect(await payingOut('late', { deadlineMs: 150 })).toMatchObject({ status: 504, reason: 'deadline_exceeded' })
    expect(heard?.aborted).toBe(true)
    needs.world.before = () => Promise.resolve()
    await expect.poll(() => payingOut('late'), { timeout: 5_000 }).toMatchObject({ status: 200, value: { balance: 95 } })
    expect(needs.world.total()).toBe(5)
  })

  it('without a key is known outside by a key of its own each time', async () => {
    const greeting = () => town.call(server, bank.greet, { input: {}, as: { kind: 'anonymous' } })
    const keys = (await Promise.all([greeting(), greeting()])).map(({ value }) => (value as { key: string }).key)
    expect(new Set(keys).size).toBe(2)
    expect(keys.every((key) => key.length > 20)).toBe(true)
  })
})

it('asks nobody outside twice for what is done', async () => {
  await depositing(`funds-${account}`, { amount: 10 })
  await payingOut('once')
  expect(await payingOut('once')).toMatchObject({ status: 200, value: { balance: 5 } })
  expect(needs.world.asked).toHaveLength(1)
})
