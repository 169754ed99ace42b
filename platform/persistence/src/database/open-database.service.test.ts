import { currentContext, newTrace, runInContext } from '@observability/telemetry'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Transaction } from '../database.ts'
import { testGround, until } from '../testing/test-ground.ts'
import { openDatabase } from './open-database.ts'

describe('a database', () => {
  let ground: Awaited<ReturnType<typeof testGround>>
  beforeAll(async () => {
    ground = await testGround('database')
    await ground.database.query('create table accounts (name text primary key, amount bigint not null)')
  })
  afterAll(() => ground[Symbol.asyncDispose]())

  const amountOf = async (name: string) =>
    (await ground.database.query<{ amount: number }>('select amount from accounts where name = $1', [name]))[0]?.amount

  it('keeps what a transaction wrote, and reads a bigint as a number', async () => {
    const answer = await ground.database.transaction(async (tx) => {
      await tx.query('insert into accounts values ($1, $2)', ['kept', 42])
      return 'done'
    })
    expect(answer).toBe('done')
    expect(await amountOf('kept')).toBe(42)
  })

  it('keeps nothing of a transaction that throws, and calls nobody back', async () => {
    const called: string[] = []
    const attempt = ground.database.transaction(async (tx) => {
      tx.afterCommit(() => called.push('called'))
      await tx.query('insert into accounts values ($1, 1)', ['thrown'])
      throw new Error('changed my mind')
    })
    await expect(attempt).rejects.toThrow('changed my mind')
    expect(await amountOf('thrown')).toBeUndefined()
    expect(called).toEqual([])
  })

  it('calls back once the commit can be seen from outside', async () => {
    let seen: Promise<number | undefined> | undefined
    await ground.database.transaction(async (tx) => {
      tx.afterCommit(() => {
        seen = amountOf('seen')
      })
      await tx.query('insert into accounts values ($1, 7)', ['seen'])
    })
    expect(await seen).toBe(7)
  })

  it('says in the call context that a transaction is open, and only while it is', async () => {
    const context = { requestId: 'r-1', trace: newTrace() }
    await runInContext(context, async () => {
      const inside = await ground.database.transaction(async () => currentContext())
      expect(inside).toEqual({ ...context, transactionOpen: true })
      expect(currentContext()).toBe(context)
    })
    expect(await ground.database.transaction(async () => currentContext()?.transactionOpen)).toBe(true)
  })

  it('runs work again after a deadlock until both got through', async () => {
    await ground.database.query("insert into accounts values ('left', 0), ('right', 0)")
    let attempts = 0
    let waiting = 2
    const both = Promise.withResolvers<void>()
    const move = (first: string, second: string) =>
      ground.database.transaction(async (tx) => {
        attempts += 1
        await tx.query('update accounts set amount = amount + 1 where name = $1', [first])
        waiting -= 1
        if (waiting === 0) both.resolve()
        await both.promise
        await tx.query('update accounts set amount = amount + 1 where name = $1', [second])
      })
    await Promise.all([move('left', 'right'), move('right', 'left')])
    expect(attempts).toBeGreaterThan(2)
    expect([await amountOf('left'), await amountOf('right')]).toEqual([2, 2])
  })

  it('gives up after five attempts and throws what the database said', async () => {
    let attempts = 0
    const conflict = ground.database.transaction(async (tx) => {
      attempts += 1
      await tx.query("do $$ begin raise exception 'again' using errcode = '40001'; end $$")
    })
    await expect(conflict).rejects.toMatchObject({ code: '40001' })
    expect(attempts).toBe(5)
  })

  it('does not report success for work that swallowed a failed statement', async () => {
    const attempt = ground.database.transaction(async (tx) => {
      await tx.query("insert into accounts values ('swallowed', 1)")
      await tx.query('select 1 / 0').catch(() => undefined)
    })
    await expect(attempt).rejects.toMatchObject({ name: 'TransactionAbortedError' })
    expect(await amountOf('swallowed')).toBeUndefined()
  })

  it('refuses a transaction that is used after its end', async () => {
    const escaped = await ground.database.transaction(async (tx): Promise<{ tx: Transaction }> => ({ tx }))
    await expect(escaped.tx.query('select 1')).rejects.toMatchObject({ name: 'TransactionEndedError' })
  })

  it('goes on after all its connections were cut, idle ones and those in use', async () => {
    const cut = () =>
      ground.database.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cut me' and datname = current_database()",
      )
    await using database = openDatabase({ url: ground.url, name: 'cut me' })
    await database.query('select 1')
    await cut()
    const inside = database.transaction(async (tx) => {
      await tx.query("insert into accounts values ('cut', 1)")
      await cut()
      await tx.query('select 1')
    })
    await expect(inside).rejects.toMatchObject({ name: 'DatabaseUnavailableError' })
    expect(
      await until(
        () => database.health(),
        ({ healthy }) => healthy,
      ),
    ).toMatchObject({ healthy: true })
    expect(await amountOf('cut')).toBeUndefined()
  })

  it('is well while all its connections work, and is asked again once none has come back for long', async () => {
    await using database = openDatabase({ url: ground.url, name: 'busy', poolSize: 1 })
    await database.query('select 1')
    const begun = Promise.withResolvers<void>()
    const finish = Promise.withResolvers<void>()
    const working = database.transaction(async (tx) => {
      await tx.query('select 1')
      begun.resolve()
      await finish.promise
    })
    await begun.promise
    expect(await database.health()).toEqual({ healthy: true, latencyMs: 0, detail: 'every connection is in use' })

    const later = performance.now() + 5_001
    const clock = vi.spyOn(performance, 'now').mockReturnValue(later)
    const asked = database.health()
    clock.mockRestore()
    finish.resolve()
    await working
    expect(await asked).toEqual({ healthy: true, latencyMs: expect.any(Number) as number })
    expect(await database.health()).not.toHaveProperty('detail')
  })

  it('says that it does not know when the connection is lost during COMMIT', async () => {
    await ground.database.query(
      `create function dawdle() returns trigger language plpgsql as 'begin perform pg_sleep(20); return null; end'`,
    )
    await ground.database.query('create table slow_commits (id int)')
    await ground.database.query(
      'create constraint trigger dawdle after insert on slow_commits deferrable initially deferred for each row execute function dawdle()',
    )
    await using database = openDatabase({ url: ground.url, name: 'committing' })
    const committing = database.transaction((tx) => tx.query('insert into slow_commits values (1)'))
    const outcome = committing.catch((error: unknown) => error)
    await until(
      () =>
        ground.database.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'committing' and query = 'COMMIT' and state = 'active'`,
        ),
      (cut) => cut.length > 0,
    )
    expect(await outcome).toMatchObject({ name: 'CommitUnknownError' })
  })

  it('prepares a statement afresh when a migration changed its table', async () => {
    const read = () => ground.database.query<{ name: string }>('select * from accounts where name = $1', ['kept'])
    await Promise.all([read(), read(), read()])
    await ground.database.query('alter table accounts add column note text')
    expect(await read()).toEqual([{ name: 'kept', amount: 42, note: null }])
    expect(await ground.database.transaction((tx) => tx.query('select * from accounts where name = $1', ['kept']))).toHaveLength(1)
  })
})
