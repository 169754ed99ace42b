import { randomUUID } from 'node:crypto'
import { Answer, type AnyAnswer } from '@ashlar/contract'
import { connectNats, headersOf, newId, openDeadLetters, replyEnvelope, signEnvelope, type Bus, type Envelope } from '@ashlar/messaging'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Platform } from './platform.ts'
import type { Server } from './stoppable.ts'
import { bank, bankService, bankTables, quietBank } from './testing/bank.ts'
import { cafe, cafeService, cafeTables } from './testing/cafe.ts'
import { hotel, hotelService, hotelTables } from './testing/hotel.ts'
import { porterService, porterTables } from './testing/porter.ts'
import { silent } from './testing/silent.ts'
import { customer, Town, until } from './testing/town.ts'

let town: Town
let platforms: Platform[]
let participants: Server
let askers: Server
let bus: Bus
const needs = quietBank()

beforeAll(async () => {
  town = await Town.make({ bank: bankTables, cafe: cafeTables, hotel: hotelTables, porter: porterTables })
  platforms = await Promise.all([town.platform(['bank', 'porter']), town.platform(['cafe', 'hotel'])])
  const [first, second] = platforms
  if (first === undefined || second === undefined) throw new Error('two processes were asked for')
  participants = await first.serve(bankService(needs), porterService())
  askers = await second.serve(cafeService(second.sagas(cafe)), hotelService(second.sagas(hotel)))
  bus = await connectNats({ url: town.nats.url, name: 'test', logger: silent })
})
afterAll(async () => {
  await bus.close()
  await Promise.all(platforms.map((platform) => platform.close()))
  await town[Symbol.asyncDispose]()
})

const outbox = async (service: string, orderingKey: string): Promise<Envelope[]> => {
  const rows = await town
    .database(service)
    .query<{ payload: string }>('select payload from platform.outbox where ordering_key = $1 order by id', [orderingKey])
  return rows.map(({ payload }) => JSON.parse(payload) as Envelope)
}

describe('a refusal that declares no data', () => {
  const stays = async (bags: { bagsInCar: number; bagsInHall: number }) => {
    const guest = `guest-${randomUUID()}`
    const { value } = await town.call(askers, hotel.takeIn, { input: { guest, ...bags }, as: customer('ada'), key: guest })
    const id = (value as { stay: string }).stay
    const ended = async () => (await town.database('hotel').query('select how, reason from stays where guest = $1', [guest]))[0]
    return { guest, id, ending: await until(ended, (ending) => ending !== undefined) }
  }
  const stepsSent = async (id: string) =>
    (await outbox('hotel', `command/${id}`)).map(({ stepkey }) => stepkey?.split('/').slice(1, 3).join(' '))
  const deeds = async (guest: string) =>
    (await town.database('porter').query<{ deed: string }>('select deed from deeds where guest = $1 order by id', [guest])).map(
      ({ deed }) => deed,
    )

  it('after the pivot asks for a person at once: nothing is asked again, nothing taken back', async () => {
    const { guest, id, ending } = await stays({ bagsInCar: 1, bagsInHall: 0 })
    expect(ending).toEqual({ how: 'stuck', reason: 'carry from hall was refused: no_bags' })
    const [saga] = await town.database('hotel').query('select status, attempt, stuck_because from platform.saga where id = $1', [id])
    expect(saga).toEqual({ status: 'needs_attention', attempt: 1, stuck_because: 'refused' })
    expect(await stepsSent(id)).toEqual(['show-room do', 'carry-from-car do', 'hand-over-key do', 'carry-from-hall do'])
    expect(await deeds(guest)).toEqual(['show room', 'carry bags', 'hand over key'])
  })

  it('before the pivot turns the saga round: what was done is taken back', async () => {
    const { guest, id, ending } = await stays({ bagsInCar: 0, bagsInHall: 1 })
    expect(ending).toEqual({ how: 'compensated', reason: 'no_bags' })
    expect(await stepsSent(id)).toEqual(['show-room do', 'carry-from-car do', 'show-room undo'])
    expect(await deeds(guest)).toEqual(['show room', 'lock room'])
  })
})

/** A visit whose payment the bank has in hand until it is let go. */
interface Visit {
  readonly guest: string
  readonly command: Envelope
}

describe('a reply is set aside, the saga does not hear of it, and the true one completes it,', () => {
  let earlier: Envelope
  let letGo: () => void
  beforeAll(async () => {
    const visit = await visits()
    await completed(visit)
    const [reply] = await outbox('bank', `reply/replies.cafe/${visit.command.subject}`)
    if (reply === undefined) throw new Error('the bank has not answered')
    earlier = reply
  })
  beforeEach(() => {
    const { promise, resolve } = Promise.withResolvers<void>()
    Object.assign(needs, quietBank())
    needs.world.before = () => promise
    letGo = resolve
  })

  const visits = async (): Promise<Visit> => {
    const guest = `guest-${randomUUID()}`
    await town.call(participants, bank.deposit, { input: { account: guest, amount: 100 }, as: customer('ada'), key: guest })
    const input = { guest, account: guest, amount: 5 }
    const { value } = await town.call(askers, cafe.serveGuest, { input, as: customer('ada'), key: guest })
    const [command] = await outbox('cafe', `command/${(value as { visit: string }).visit}`)
    if (command === undefined) throw new Error('nothing was sent')
    return { guest, command }
  }
  const endedHow = async ({ guest }: Visit) =>
    (await town.database('cafe').query<{ how: string }>('select how from visits where guest = $1', [guest]))[0]?.how
  const completed = (visit: Visit) =>
    until(
      () => endedHow(visit),
      (how) => how === 'paid',
    )
  /** All there is of a saga. */
  const standing = async ({ command }: Visit) => ({
    saga: await town.database('cafe').query('select * from platform.saga where id = $1', [command.subject]),
    log: await town.database('cafe').query('select * from platform.saga_log where saga_id = $1 order by seq', [command.subject]),
  })
  const publish = (envelope: Envelope) =>
    bus.publish({ transportId: newId(), subject: 'replies.cafe', headers: headersOf(envelope), payload: JSON.stringify(envelope) })

  const paid = Answer.ok({ receipt: 'forged', balance: 0 })
  interface Hand {
    readonly signer?: string
    readonly source?: string
    readonly audience?: string
    readonly kind?: 'command' | 'reply'
    readonly answer?: AnyAnswer
  }
  const answers = async ({ command }: Visit, hand: Hand = {}): Promise<Envelope> => {
    const { signer = 'bank', source = signer, audience = 'cafe', kind = 'reply', answer = paid } = hand
    return signEnvelope(replyEnvelope({ service: source, command, answer }), { kind, audience, identity: await town.identity(signer) })
  }
  const madeOutTo = ({ command }: Visit) => ({ subject: command.subject, stepkey: command.stepkey ?? '', causationid: command.id })

  const forgeries: [why: string, forge: (visit: Visit) => Promise<Envelope>, reason: RegExp][] = [
    [
      'when it is not signed',
      ({ command }) => Promise.resolve(replyEnvelope({ service: 'bank', command, answer: paid })),
      /is not signed$/,
    ],
    [
      'when another service signed it than was asked',
      (visit) => answers(visit, { signer: 'porter' }),
      /signed by porter, which does not keep bank.v1\/payOut/,
    ],
    ['when the service that asked signed it itself', (visit) => answers(visit, { signer: 'cafe' }), /signed by cafe, which does not keep/],
    [
      'when another service signed it in the name of the one that was asked',
      (visit) => answers(visit, { signer: 'porter', source: 'bank' }),
      /of \/bank is not signed by the service it names/,
    ],
    ['when it is meant for another service', (visit) => answers(visit, { audience: 'hotel' }), /is not believed/],
    ['when it is signed as a command', (visit) => answers(visit, { kind: 'command' }), /is not believed/],
    [
      'when the answer was changed',
      async (visit) => {
        const refused = await answers(visit, { answer: Answer.failed('too_little', { balance: 0 }) })
        return { ...refused, data: { ok: true, value: { receipt: 'forged', balance: 0 } } }
      },
      /the reply was changed after it was signed/,
    ],
    [
      'when it answered another command',
      (visit) => Promise.resolve({ ...earlier, ...madeOutTo(visit) }),
      /the reply was changed after it was signed/,
    ],
    [
      'when it bears the signature of another answer',
      async (visit) => ({ ...(await answers(visit)), principal: earlier.principal ?? '' }),
      /the signature belongs to another message/,
    ],
  ]
  it.each(forgeries)('%s', async (_why, forge, reason) => {
    const visit = await visits()
    const forged = await forge(visit)
    const before = await standing(visit)
    const letters = await openDeadLetters(town.nats.url)
    await publish(forged)
    const letter = await until(
      async () => (await letters.list({ service: 'cafe' })).find(({ payload }) => payload.includes(forged.id)),
      (found) => found !== undefined,
    )
    await letters.close()
    expect(letter).toMatchObject({ errorClass: 'SignatureRefusedError', attempts: 1 })
    expect(letter?.errorMessage).toMatch(reason)
    expect(await standing(visit)).toEqual(before)
    letGo()
    await completed(visit)
  })
})
