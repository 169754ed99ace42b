import { randomUUID } from 'node:crypto'
import { expectTrace, recordSpans, type RecordedSpans } from '@observability/telemetry/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { bank, bankService, bankTables, quietBank } from './testing/bank.ts'
import { clubService, clubTables, quietClub } from './testing/club.ts'
import { customer, Town, until } from './testing/town.ts'

const members = 'create table members (email text primary key);'
const email = 'ada.lovelace@example.org'

let town: Town
beforeAll(async () => {
  town = await Town.make({ bank: bankTables + members, club: clubTables })
  await town.database('bank').query('insert into members values ($1)', [email])
})
afterAll(() => town[Symbol.asyncDispose]())

let recorded: RecordedSpans
beforeEach(() => {
  recorded = recordSpans()
})
afterEach(() => recorded.close())

/** Fails as PostgreSQL does: the address is in the error's `detail`, and in no word of its message. */
const enrol = (): Promise<unknown> => town.database('bank').query('insert into members values ($1)', [email])
const deposit = (server: { host: string; port: number }, account: string) =>
  town.call(server, bank.deposit, { input: { account, amount: 3 }, as: customer('ada'), key: account })
const failuresOf = (service: string): string[] =>
  recorded.lines.flatMap((one) => (one.service === service && one.line.includes('"error_message"') ? [one.line] : []))

it('a row that is there already is told by its constraint: in answer, log, span and metric there is nothing of it', async () => {
  await expect(enrol()).rejects.toMatchObject({ detail: expect.stringContaining(email) })
  await using platform = await town.platform(['bank', 'club'], { LOG_LEVEL: 'info' })
  await using server = await platform.serve(
    bankService({ ...quietBank(), booked: enrol }),
    clubService({ ...quietClub(), noting: async () => void (await enrol()) }),
  )
  const answer = await deposit(server, randomUUID())
  expect(answer).toMatchObject({ status: 500, reason: 'internal' })

  const [failure] = recorded.lines.map(({ line }) => JSON.parse(line) as Record<string, any>).filter(({ err }) => err !== undefined)
  expect(failure).toMatchObject({ msg: 'the handler threw', operation: 'bank.v1/deposit', err: { code: '23505' } })
  expect(failure?.['err'].message).toContain('members_pkey')
  expect(Object.keys(failure?.['err'] as object).toSorted()).toEqual(['code', 'message', 'name', 'stack'])
  const metrics = await (await fetch(`http://${server.host}:${server.port}/metrics`)).text()
  expect(metrics).toMatch(/^rpc_server_call_duration_seconds_count\{.*rpc_response_status_code="INTERNAL_SERVER_ERROR".* 1$/m)
  for (const seen of [answer.text, JSON.stringify(recorded.lines), JSON.stringify(recorded.spans), metrics])
    expect(seen).not.toContain(email)
})

it('nor is there where a message fails', async () => {
  await using platform = await town.platform(['bank', 'club'], { LOG_LEVEL: 'info' })
  await using server = await platform.serve(
    bankService(quietBank()),
    clubService({ ...quietClub(), noting: async () => void (await enrol()) }),
  )
  await deposit(server, randomUUID())
  await until(
    () => failuresOf('club').length,
    (failures) => failures > 0,
  )
  expect(failuresOf('club')[0]).toContain('members_pkey')
  for (const seen of [recorded.lines, recorded.spans]) expect(JSON.stringify(seen)).not.toContain(email)
})

it('a call is in one trace with its transactions, and its one line names its span', async () => {
  await using platform = await town.platform(['bank'], { LOG_LEVEL: 'info' })
  await using server = await platform.serve(bankService(quietBank()))
  const account = randomUUID()
  await deposit(server, account)
  await deposit(server, account)
  await until(
    () => recorded.open.length,
    (open) => open === 0,
  )
  const [first, repeated] = recorded.spans.filter(({ kind, name }) => kind === 'server' && name === 'bank.v1/deposit')
  const trace = recorded.trace(first?.traceId ?? '')
  expectTrace(trace)
    .hasNoOrphans()
    .contains({ name: 'bank.v1/deposit', kind: 'server', attributes: { 'rpc.caller': 'customer' }, children: [{ name: 'transaction' }] })
  expectTrace(recorded.trace(repeated?.traceId ?? '')).contains({ name: 'transaction', attributes: { 'request.replayed': true } })
  const calls = recorded.lines.map(({ line }) => JSON.parse(line) as object).filter((line) => 'event' in line && line.event === 'call')
  expect(calls).toMatchObject([
    { trace_id: first?.traceId, span_id: first?.spanId },
    { trace_id: repeated?.traceId, span_id: repeated?.spanId },
  ])
  const metrics = await (await fetch(`http://${server.host}:${server.port}/metrics`)).text()
  expect(metrics).toMatch(/^idempotent_replays_total\{rpc_method="bank.v1\/deposit",service="bank"\} 1$/m)
})
