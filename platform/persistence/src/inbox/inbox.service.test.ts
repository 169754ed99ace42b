import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testGround } from '../testing/test-ground.ts'
import { checkOrder, type OrderVerdict } from './check-order.ts'
import { receiveOnce, wasReceived } from './receive-once.ts'

describe('the inbox', () => {
  let ground: Awaited<ReturnType<typeof testGround>>
  beforeAll(async () => {
    ground = await testGround('inbox')
    await ground.database.query('create table effects (message text not null)')
  })
  afterAll(() => ground[Symbol.asyncDispose]())

  const effectsOf = async (id: string) => (await ground.database.query('select message from effects where message = $1', [id])).length

  it('applies a message once, however often and however many times at once it comes', async () => {
    const message = { consumer: 'mailer', source: '/orders', id: randomUUID() }
    const apply = () =>
      ground.database.transaction(async (tx) => {
        if (!(await receiveOnce(tx, message))) return false
        await tx.query('insert into effects values ($1)', [message.id])
        return true
      })
    const applied = await Promise.all(Array.from({ length: 20 }, apply))
    expect(applied.filter(Boolean)).toHaveLength(1)
    expect(await effectsOf(message.id)).toBe(1)
    expect(await wasReceived(ground.database, message)).toBe(true)
  })

  it('lets the second delivery apply what the first one rolled back', async () => {
    const message = { consumer: 'mailer', source: '/orders', id: randomUUID() }
    const noted = Promise.withResolvers<void>()
    const first = ground.database.transaction(async (tx) => {
      await receiveOnce(tx, message)
      noted.resolve()
      await tx.query('select pg_sleep(0.05)')
      throw new Error('failed')
    })
    await noted.promise
    const second = ground.database.transaction((tx) => receiveOnce(tx, message))
    await expect(first).rejects.toThrow('failed')
    expect(await second).toBe(true)
  })

  it('tells consumers, and sources with the same id, apart', async () => {
    const id = randomUUID()
    const received = await ground.database.transaction(async (tx) => [
      await receiveOnce(tx, { consumer: 'a', source: '/orders', id }),
      await receiveOnce(tx, { consumer: 'b', source: '/orders', id }),
      await receiveOnce(tx, { consumer: 'a', source: '/users', id }),
      await receiveOnce(tx, { consumer: 'a', source: '/orders', id }),
    ])
    expect(received).toEqual([true, true, true, false])
  })
})

describe('the order of an aggregate', () => {
  let ground: Awaited<ReturnType<typeof testGround>>
  let aggregate: string
  beforeAll(async () => {
    ground = await testGround('order')
  })
  beforeEach(() => {
    aggregate = randomUUID()
  })
  afterAll(() => ground[Symbol.asyncDispose]())

  const turn = (order: 'none' | 'latest' | 'strict', version: number) =>
    ground.database.transaction((tx) => checkOrder(tx, { consumer: 'view', aggregate, version, order }))
  const turns = async (order: 'none' | 'latest' | 'strict', versions: readonly number[]) => {
    const verdicts: OrderVerdict[] = []
    for (const version of versions) verdicts.push(await turn(order, version))
    return verdicts
  }

  it('does not matter to a consumer that asks for none', async () => {
    expect(await turns('none', [3, 1, 3])).toEqual(['apply', 'apply', 'apply'])
  })

  it('drops what is older than the newest seen, for `latest`', async () => {
    expect(await turns('latest', [2, 5, 3, 5, 6])).toEqual(['apply', 'apply', 'drop', 'drop', 'apply'])
  })

  it('applies one version after the other and no other, for `strict`', async () => {
    expect(await turns('strict', [2, 1, 3, 2, 1, 2, 3])).toEqual(['wait', 'apply', 'wait', 'apply', 'drop', 'drop', 'apply'])
  })

  it('applies a version once when it is delivered many times at once', async () => {
    await turn('strict', 1)
    const verdicts = await Promise.all(Array.from({ length: 8 }, () => turn('strict', 2)))
    expect(verdicts.toSorted()).toEqual(['apply', ...Array.from({ length: 7 }, () => 'drop')])
  })

  it('does not move on when the transaction rolls back', async () => {
    const failing = ground.database.transaction(async (tx) => {
      await checkOrder(tx, { consumer: 'view', aggregate, version: 1, order: 'strict' })
      throw new Error('failed')
    })
    await expect(failing).rejects.toThrow('failed')
    expect(await turns('strict', [2, 1])).toEqual(['wait', 'apply'])
  })
})
