import { connectNats, deadLetterStream, newId, type Bus } from '@ashlar/messaging'
import { testServers } from '@deploy/local/testing'
import { createLogger } from '@observability/telemetry'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Command } from '../command.ts'
import { runHere, type Said } from '../testing/run-here.ts'
import { dlqDrop } from './dlq-drop.ts'
import { dlqList } from './dlq-list.ts'
import { dlqRetry } from './dlq-retry.ts'

const { natsUrl: url } = testServers()
let bus: Bus
let service: string

beforeAll(async () => {
  bus = await connectNats({ url, name: 'test', logger: createLogger({ service: 'test', level: 'silent' }) })
})
beforeEach(async () => {
  service = `t${newId().slice(-12)}`
  await bus.ensureStream({ ...deadLetterStream(service), maxBytes: 1_000_000 })
})
afterAll(() => bus.close())

const run = (command: Command, ...words: string[]): Promise<Said> => runHere(command, words, { NATS_URL: url })
const lay = (payload: string) => bus.publish({ transportId: newId(), subject: `dlq.${service}.listener`, headers: {}, payload })
const letter = (id: string, attempts: number) =>
  JSON.stringify({
    id,
    service,
    consumer: 'listener',
    stream: 'EVENTS_nowhere',
    sequence: 1,
    subject: 'nowhere.rang.v1',
    attempts,
    errorClass: 'RangeError',
    errorMessage: 'the rope\nbroke',
    failedAt: new Date().toISOString(),
    headers: {},
    payload: '{}',
    requestId: 'r',
    traceparent: '',
  })

it('lists what can be read beside what cannot', async () => {
  await lay('no JSON')
  await lay(letter('one', 1))
  await lay(letter('two', 16))
  const { code, lines } = await run(dlqList, '--service', service)
  expect(code).toBe(0)
  expect(lines).toEqual([
    expect.stringMatching(new RegExp(`^${service} · 2 messages · oldest \\d+ s$`)),
    '  one   RangeError   nowhere.rang.v1   listener   1 attempt     the rope broke',
    '  two   RangeError   nowhere.rang.v1   listener   16 attempts   the rope broke',
    '  again: npm run ashlar -- dlq retry <id>, or --class RangeError for all of one kind',
    'unreadable · 1 message',
    `  DEAD_LETTERS_${service}/1   dlq.${service}.listener   it is no JSON object`,
    '  look and remove: npm run ashlar -- dlq drop <id>',
  ])
})

it('says why it cannot send one again, and sends none of the others', async () => {
  await lay('no JSON')
  await lay(letter('three', 1))
  const unreadable = `DEAD_LETTERS_${service}/1`
  expect(await run(dlqRetry, 'three', unreadable)).toEqual({
    code: 1,
    lines: [`${unreadable} cannot be sent again, nobody could tell to whom: it is no JSON object`],
  })
  expect(await run(dlqRetry, 'four')).toEqual({ code: 1, lines: ['there is no dead letter four: see npm run ashlar -- dlq list'] })
  const { code, lines } = await run(dlqRetry, 'three')
  expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringContaining('no stream takes the subject nowhere.replay')] })
  expect((await run(dlqList, '--service', service)).lines).toHaveLength(6)
})

it('prints a message whole before it is dropped, and drops it only when that is meant', async () => {
  await lay('no JSON')
  const id = `DEAD_LETTERS_${service}/1`
  expect(await run(dlqDrop, id, '--yes')).toMatchObject({ code: 2 })
  const looked = await run(dlqDrop, id)
  expect(looked).toMatchObject({ code: 1, lines: [expect.any(String), expect.stringMatching(/^nothing was removed/)] })
  expect(JSON.parse(looked.lines[0] ?? '')).toEqual({
    stream: `DEAD_LETTERS_${service}`,
    sequence: 1,
    subject: `dlq.${service}.listener`,
    payload: 'no JSON',
  })

  const { code, lines } = await run(dlqDrop, id, '--note', 'written by a broken build', '--yes')
  expect(code).toBe(0)
  expect(JSON.parse(lines.join(''))).toMatchObject({ note: 'written by a broken build', by: expect.any(String), payload: 'no JSON' })
  expect((await run(dlqList, '--service', service)).lines).toEqual(['No dead letters.'])
  expect(await run(dlqDrop, id, '--note', 'again', '--yes')).toEqual({
    code: 1,
    lines: [`there is no dead letter ${id}: see npm run ashlar -- dlq list`],
  })
})

it('counts those of a class, shows the first, and drops all of them and no other when that is meant', async () => {
  const other = letter('other', 1).replace('RangeError', 'held')
  for (const laid of ['one', 'two', 'three', 'four'].map((id) => letter(id, 1))) await lay(laid)
  await lay(other)
  const words = ['--class', 'RangeError', '--service', service]
  for (const wrong of [[], ['one', ...words], [...words, '--yes']]) expect(await run(dlqDrop, ...wrong)).toMatchObject({ code: 2 })
  const counted = ['4 messages of class RangeError', /^ {2}one .*nowhere.rang.v1/, /^ {2}two/, /^ {2}three/, '  … and 1 more']
  const expected = counted.map((line) => expect.stringMatching(line) as string)
  const looked = await run(dlqDrop, ...words)
  expect(looked).toEqual({ code: 1, lines: [...expected, expect.stringMatching(`^nothing was removed.*${words.join(' ')} --note`)] })

  const { code, lines } = await run(dlqDrop, ...words, '--note', 'forged', '--yes')
  expect({ code, lines }).toEqual({ code: 0, lines: [...expected, expect.any(String)] })
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ note: 'forged', by: expect.any(String), service, dropped: 4 })
  expect((await run(dlqList, '--service', service)).lines[1]).toMatch(/^ {2}other/)
  expect(await run(dlqDrop, ...words)).toMatchObject({ code: 1, lines: [expect.stringMatching(/^there is no dead letter of class/)] })
})

it('sends again those of a class of one service', async () => {
  await lay(letter('one', 1))
  const elsewhere = ['--class', 'RangeError', '--service', 'blameless']
  expect(await run(dlqRetry, ...elsewhere)).toEqual({ code: 0, lines: ['Nothing to send.'] })
  const { lines } = await run(dlqRetry, '--class', 'RangeError', '--service', service, '--dry-run')
  expect(lines).toEqual([`would send one   nowhere.rang.v1 → ${service}/listener`])
})

it('says in one line that the broker is away', async () => {
  for (const command of [dlqList, dlqRetry, dlqDrop]) {
    const words = command === dlqList ? [] : ['some-id']
    expect(await runHere(command, words, { NATS_URL: 'nats://127.0.0.1:1' })).toEqual({
      code: 1,
      lines: [expect.stringMatching(/^the broker is unavailable: no connection to 127\.0\.0\.1:1/)],
    })
  }
})
