import { randomUUID } from 'node:crypto'
import type { BoundEvent } from '@ashlar/contract'
import {
  connectNats,
  eventEnvelope,
  headersOf,
  newId,
  openDeadLetters,
  streamsOf,
  type Bus,
  type DeadLetter,
  type DeadLetters,
  type Envelope,
} from '@ashlar/messaging'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Platform } from './platform.ts'
import { bank } from './testing/bank.ts'
import { clubService, clubTables, quietClub } from './testing/club.ts'
import { silent } from './testing/silent.ts'
import { Town, until } from './testing/town.ts'

let town: Town
let platform: Platform
let bus: Bus
let letters: DeadLetters
const needs = quietClub()
const { moneyMoved, accountLocked } = bank.events

beforeAll(async () => {
  town = await Town.make({ club: clubTables })
  platform = await town.platform(['club'])
  await platform.serve(clubService(needs))
  bus = await connectNats({ url: town.nats.url, name: 'test', logger: silent })
  await bus.ensureStream(streamsOf(bank).events)
  letters = await openDeadLetters(town.nats.url)
})
afterAll(async () => {
  await letters.close()
  await bus.close()
  await platform.close()
  await town[Symbol.asyncDispose]()
})

let account: string
beforeEach(() => {
  account = `account-${randomUUID()}`
  Object.assign(needs, quietClub())
})

/** What the bank would announce as this version of the account. */
function announced(aggregateVersion: number, { of = account, event = moneyMoved }: { of?: string; event?: BoundEvent } = {}): Envelope {
  return eventEnvelope({ service: 'bank', event, data: { account: of, amount: 1, balance: aggregateVersion }, aggregateVersion })
}
async function publish(envelope: Envelope, subject: string = envelope.type): Promise<void> {
  await bus.publish({ transportId: newId(), subject, headers: headersOf(envelope), payload: JSON.stringify(envelope) })
}
const seen = async (reaction: string, of = account): Promise<number[]> => {
  const rows = await town
    .database('club')
    .query<{ version: number }>('select version from seen where reaction = $1 and account = $2 order by id', [reaction, of])
  return rows.map(({ version }) => version)
}
const sees = async (reaction: string, versions: readonly number[], of = account): Promise<number[]> =>
  until(
    () => seen(reaction, of),
    (found) => found.length >= versions.length,
  )
const received = async (consumer: string, { id }: Envelope): Promise<void> => {
  const sql = 'select 1 as noted from platform.inbox where consumer = $1 and message_id = $2'
  await until(
    () => town.database('club').query(sql, [consumer, id]),
    (rows) => rows.length === 1,
  )
}
const letterOf = async (consumer: string, { id }: Envelope): Promise<DeadLetter> => {
  const find = async () =>
    (await letters.list({ service: 'club' })).find((letter) => letter.consumer === consumer && letter.payload.includes(id))
  const found = await until(find, (letter) => letter !== undefined)
  if (found === undefined) throw new Error('never')
  return found
}

describe('a reaction', () => {
  it('happens once for each message, however often it is delivered, and announces what it makes of it', async () => {
    const event = announced(1)
    await Promise.all([publish(event), publish(event), publish(event)])
    await sees('noted', [1])
    await publish(event)
    const after = announced(2)
    await publish(after)
    await sees('noted', [1, 2])
    expect(await seen('noted')).toEqual([1, 2])
    const made = await town
      .database('club')
      .query<{ payload: string }>(`select payload from platform.outbox where ordering_key = '/club/account/' || $1 order by id`, [account])
    expect(made.map(({ payload }) => JSON.parse(payload) as Envelope)).toMatchObject([
      { causationid: event.id, requestid: event.requestid },
      { causationid: after.id },
    ])
  })

  it('that throws leaves nothing behind, and is tried again', async () => {
    let failures = 1
    needs.noting = (reaction) => (reaction === 'noted' && (failures -= 1) >= 0 ? Promise.reject(new Error('no ink')) : Promise.resolve())
    await publish(announced(1))
    expect(await sees('noted', [1])).toEqual([1])
    const made = await town
      .database('club')
      .query(`select 1 as one from platform.outbox where ordering_key = '/club/account/' || $1`, [account])
    expect(made).toHaveLength(1)
  })

  it('sets aside at once what is not as its contract says, or lies where it does not belong', async () => {
    const odd = { ...announced(1), data: { account, amount: 'much' } }
    await publish(odd)
    expect(await letterOf('on-money-noted', odd)).toMatchObject({ attempts: 1, errorClass: 'PermanentError' })
    const astray = { ...announced(1), type: 'bank.money-lost.v1' }
    await publish(astray, moneyMoved.type)
    expect((await letterOf('on-money-noted', astray)).errorMessage).toBe('on-money-noted does not react to bank.money-lost.v1')
  })
})

describe('a reaction that wants the latest', () => {
  it('passes over what is older than what it has seen', async () => {
    const [first, second, third] = [announced(1), announced(2), announced(3)]
    for (const event of [first, third, second]) {
      await publish(event)
      await received('on-money-latest', event)
    }
    expect(await seen('latest')).toEqual([1, 3])
  })

  it('sets aside what has no place in the history', async () => {
    const { aggregateversion: _, ...without } = announced(1)
    await publish(without)
    expect((await letterOf('on-money-latest', without)).errorMessage).toMatch(/has no aggregateversion, and on-money-latest asks for order/)
    await sees('noted', [0])
  })
})

describe('a reaction in strict order', () => {
  it('waits for the version in between', async () => {
    const [first, second, third] = [announced(1), announced(2), announced(3)]
    await publish(third)
    await publish(second)
    await sees('noted', [3, 2])
    expect(await seen('strict')).toEqual([])
    await publish(first)
    expect(await sees('strict', [1, 2, 3])).toEqual([1, 2, 3])
  })

  it('is moved on by the other events of the aggregate', async () => {
    await publish(announced(1))
    await publish(announced(2, { event: accountLocked }))
    await publish(announced(3))
    expect(await sees('strict', [1, 3])).toEqual([1, 3])
  })

  it('is held up by a dead letter, for its aggregate only, and goes on when it is redriven in order', async () => {
    const other = `other-${account}`
    needs.noting = (reaction, moved) =>
      reaction === 'strict' && moved.account === account ? Promise.reject(new Error('poisoned')) : Promise.resolve()
    const [first, second] = [announced(1), announced(2)]
    await publish(first)
    await publish(second)
    await publish(announced(1, { of: other }))
    expect(await letterOf('on-money-strict', first)).toMatchObject({ attempts: 4, errorClass: 'Error', errorMessage: 'poisoned' })
    expect(await letterOf('on-money-strict', second)).toMatchObject({ attempts: 4, errorClass: 'held' })
    expect(await sees('strict', [1], other)).toEqual([1])
    expect(await seen('strict')).toEqual([])

    Object.assign(needs, quietClub())
    await letters.retry((await letterOf('on-money-strict', first)).id)
    await sees('strict', [1])
    await letters.retry((await letterOf('on-money-strict', second)).id)
    expect(await sees('strict', [1, 2])).toEqual([1, 2])
  })
})

describe('a staged reaction', () => {
  it('in strict order does nothing outside before its turn', async () => {
    const told: number[] = []
    needs.telling = async (_reaction, moved, { aggregateVersion }) => {
      if (moved.account === account) told.push(aggregateVersion)
    }
    await publish(announced(2))
    await sees('noted', [2])
    await publish(announced(1))
    expect(await sees('told', [1, 2])).toEqual([1, 2])
    expect(told).toEqual([1, 2])
  })

  it('interrupted between its effect and its end asks the outside by the same key', async () => {
    const keys: string[] = []
    let deaths = 1
    needs.telling = async (_reaction, moved, { key }) => {
      if (moved.account === account) keys.push(key)
    }
    needs.noting = (reaction, moved) =>
      reaction === 'told' && moved.account === account && (deaths -= 1) >= 0 ? Promise.reject(new Error('killed here')) : Promise.resolve()
    const event = announced(1)
    await publish(event)
    expect(await sees('told', [1])).toEqual([1])
    expect(keys).toEqual([`/bank ${event.id}`, `/bank ${event.id}`])
  })
})
