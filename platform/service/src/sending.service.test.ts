import { randomUUID } from 'node:crypto'
import type { AnyBoundOperation } from '@ashlar/contract'
import {
  commandEnvelope,
  commandSubject,
  connectNats,
  headersOf,
  newId,
  openDeadLetters,
  replySubject,
  signEnvelope,
  type Bus,
  type Envelope,
} from '@ashlar/messaging'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Platform } from './platform.ts'
import type { Server } from './stoppable.ts'
import { bank, bankService, bankTables, quietBank } from './testing/bank.ts'
import { cafe, cafeService, cafeTables } from './testing/cafe.ts'
import { silent } from './testing/silent.ts'
import { customer, Town, until } from './testing/town.ts'

let town: Town
let platforms: Platform[]
let atCafe: Server
let atBank: Server
let bus: Bus
const needs = quietBank()

beforeAll(async () => {
  town = await Town.make({ bank: bankTables, cafe: cafeTables })
  platforms = await Promise.all([town.platform(['bank']), town.platform(['cafe'])])
  const [first, second] = platforms
  if (first === undefined || second === undefined) throw new Error('two processes were asked for')
  atBank = await first.serve(bankService(needs))
  atCafe = await second.serve(cafeService(second.sagas(cafe)))
  bus = await connectNats({ url: town.nats.url, name: 'test', logger: silent })
})
afterAll(async () => {
  await bus.close()
  await Promise.all(platforms.map((platform) => platform.close()))
  await town[Symbol.asyncDispose]()
})

let account: string
beforeEach(async () => {
  account = `account-${randomUUID()}`
  Object.assign(needs, quietBank())
  await town.call(atBank, bank.deposit, { input: { account, amount: 100 }, as: customer('ada'), key: account })
})

const balance = async () => {
  const [row] = await town.database('bank').query<{ balance: number }>('select balance from accounts where account = $1', [account])
  return row?.balance
}
const outbox = async (service: string, orderingKey: string): Promise<Envelope[]> => {
  const rows = await town
    .database(service)
    .query<{ payload: string }>('select payload from platform.outbox where ordering_key = $1 order by id', [orderingKey])
  return rows.map(({ payload }) => JSON.parse(payload) as Envelope)
}
const visits = async (guest: string, amount: number): Promise<string> => {
  const visiting = { input: { guest, account, amount }, as: customer('ada'), key: guest }
  const { value } = await town.call(atCafe, cafe.serveGuest, visiting)
  return (value as { visit: string }).visit
}
const endedHow = async (guest: string) => {
  const [row] = await town.database('cafe').query<{ how: string }>('select how from visits where guest = $1', [guest])
  return row?.how
}

interface Letter {
  readonly signer?: string
  readonly audience?: string
  readonly operation?: AnyBoundOperation
  readonly stepKey?: string
  readonly replyTo?: string
  readonly amount?: number
}

/** A command as the cafe's relay would publish it. */
async function command({ signer = 'cafe', audience = 'bank', operation = bank.payOut, ...rest }: Letter = {}): Promise<Envelope> {
  const { stepKey = newId(), replyTo = replySubject('cafe'), amount = 5 } = rest
  const parts = { service: 'cafe', operation, input: { account, amount }, stepKey, subject: randomUUID(), replyTo }
  return signEnvelope(commandEnvelope(parts), { kind: 'command', audience, identity: await town.identity(signer) })
}
async function publish(envelope: Envelope, subject: string = envelope.type): Promise<void> {
  await bus.publish({ transportId: newId(), subject, headers: headersOf(envelope), payload: JSON.stringify(envelope) })
}
const repliesTo = ({ subject }: Envelope) => outbox('bank', `reply/replies.cafe/${subject}`)

describe('a saga in one service', () => {
  it('has its command carried out by another, and goes on by the reply', async () => {
    const saga = await visits('gwen', 5)
    await until(
      () => endedHow('gwen'),
      (how) => how === 'paid',
    )
    expect(await balance()).toBe(95)
    expect([...needs.world.handedOut]).toEqual([[`service:cafe bank.v1/payOut ${saga}/pay/do/1`, 5]])
  })

  it('is told of a declared error as an answer', async () => {
    await visits('poor', 101)
    await until(
      () => endedHow('poor'),
      (how) => how === 'too_little',
    )
    expect(await balance()).toBe(100)
  })

  it('can be followed: the event names the command, and all of it the request', async () => {
    const saga = await visits('traced', 5)
    await until(
      () => endedHow('traced'),
      (how) => how === 'paid',
    )
    const [sent] = await outbox('cafe', `command/${saga}`)
    const moved = (await outbox('bank', `/bank/account/${account}`)).at(-1)
    expect(moved).toMatchObject({ causationid: sent?.id, requestid: sent?.requestid })
    expect((await outbox('bank', `reply/replies.cafe/${saga}`))[0]).toMatchObject({ causationid: sent?.id, requestid: sent?.requestid })
  })
})

describe('a command', () => {
  it('delivered three times at once is carried out once, and answered once', async () => {
    const { promise: opened, resolve: open } = Promise.withResolvers<void>()
    needs.world.before = () => opened
    const sent = await command()
    await Promise.all([publish(sent), publish(sent), publish(sent)])
    await until(
      () => needs.world.asked.length,
      (times) => times === 3,
    )
    open()
    await until(
      () => repliesTo(sent),
      (replies) => replies.length > 0,
    )
    // a second message is carried out only after, or beside, what is left of the first
    const after = await command()
    await publish(after)
    await until(
      () => repliesTo(after),
      (replies) => replies.length > 0,
    )
    expect(await repliesTo(sent)).toHaveLength(1)
    expect(await balance()).toBe(90)
    expect(needs.world.total()).toBe(10)
  })

  it('sent again under the same step key is answered again, and changes nothing', async () => {
    const stepKey = newId()
    const [first, second] = [await command({ stepKey }), await command({ stepKey })]
    await publish(first)
    const [answer] = await until(
      () => repliesTo(first),
      (replies) => replies.length > 0,
    )
    await publish(second)
    const [again] = await until(
      () => repliesTo(second),
      (replies) => replies.length > 0,
    )
    expect(again?.data).toEqual(answer?.data)
    expect(needs.world.asked).toHaveLength(1)
    expect(await balance()).toBe(95)
  })

  it('is the same deed whether it is sent or called, under the same key', async () => {
    const sent = await command({ stepKey: `both-${account}` })
    await publish(sent)
    await until(
      () => repliesTo(sent),
      (replies) => replies.length > 0,
    )
    const called = { input: { account, amount: 5 }, as: { kind: 'service', name: 'cafe' } as const, key: `both-${account}` }
    expect(await town.call(atBank, bank.payOut, called)).toMatchObject({ status: 200, value: { balance: 95 } })
    expect(await balance()).toBe(95)
  })

  it('interrupted between its effect and its end is taken up again, and the outside asked by the same key', async () => {
    let deaths = 1
    needs.settling = () => ((deaths -= 1) >= 0 ? Promise.reject(new Error('killed here')) : Promise.resolve())
    const sent = await command()
    await publish(sent)
    await until(
      () => repliesTo(sent),
      (replies) => replies.length > 0,
    )
    expect(needs.world.asked).toHaveLength(2)
    expect(new Set(needs.world.asked).size).toBe(1)
    expect(needs.world.total()).toBe(5)
    expect(await balance()).toBe(95)
  })
})

describe('a command is set aside, and nothing is done,', () => {
  type Forge = () => Promise<[envelope: Envelope, subject?: string]>
  const unbelieved: [why: string, forge: Forge, reason: RegExp][] = [
    ['when it is not signed', async () => [without(await command(), 'principal')], /is not signed/],
    [
      'when it is signed by another service than it names',
      async () => [await command({ signer: 'stranger' })],
      /not signed by the service/,
    ],
    ['when its amount was changed', async () => [{ ...(await command()), data: { account, amount: 99 } }], /changed after it was signed/],
    ['when its step key was changed', async () => [{ ...(await command()), stepkey: 'another' }], /changed after it was signed/],
    ['when it was sent to another service', async () => [await command({ audience: 'cafe' })], /is not believed/],
    [
      'when it asks for another deed than was signed',
      async () => {
        const type = commandSubject(bank.giveBack)
        return [{ ...(await command()), type }, type]
      },
      /changed after it was signed/,
    ],
    [
      'when it comes again as if from elsewhere',
      async () => [{ ...(await command()), source: '/elsewhere' }],
      /changed after it was signed/,
    ],
  ]
  const refused: typeof unbelieved = [
    [
      'when it lies under the subject of another deed',
      async () => [await command(), commandSubject(bank.giveBack)],
      /is sent a bank.pay-out.command.v1/,
    ],
    ['when it wants its answer where its sender does not listen', async () => [await command({ replyTo: 'replies.bank' })], /not its own/],
    ['when its sender may not ask', async () => [await byStranger()], /forbidden/],
    ['when its input is not valid', async () => [await command({ amount: -5 })], /invalid_input/],
  ]
  const forgeries = [
    ...unbelieved.map(([why, forge, reason]) => ({ why, forge, reason, errorClass: 'SignatureRefusedError' })),
    ...refused.map(([why, forge, reason]) => ({ why, forge, reason, errorClass: 'PermanentError' })),
  ]
  it.each(forgeries)('$why', async ({ forge, reason, errorClass }) => {
    const [envelope, subject] = await forge()
    const letters = await openDeadLetters(town.nats.url)
    await publish(envelope, subject)
    const letter = await until(
      async () => (await letters.list({ service: 'bank' })).find(({ payload }) => payload.includes(envelope.id)),
      (found) => found !== undefined,
    )
    await letters.close()
    expect(letter).toMatchObject({ errorClass, attempts: 1 })
    expect(letter?.errorMessage).toMatch(reason)
    expect(await balance()).toBe(100)
    expect(needs.world.asked).toEqual([])
    expect(await repliesTo(envelope)).toEqual([])
  })
})

function without(envelope: Envelope, attribute: keyof Envelope): Envelope {
  return Object.fromEntries(Object.entries(envelope).filter(([name]) => name !== attribute)) as unknown as Envelope
}

async function byStranger(): Promise<Envelope> {
  const identity = await town.identity('stranger')
  const parts = { operation: bank.payOut, input: { account, amount: 5 }, stepKey: newId(), subject: randomUUID() }
  return signEnvelope(commandEnvelope({ ...parts, service: 'stranger' }), { kind: 'command', audience: 'bank', identity })
}
