import { randomUUID } from 'node:crypto'
import type { Sagas } from '@ashlar/saga'
import { createTelemetry, runInContext } from '@observability/telemetry'
import { expectTrace, recordSpans, type RecordedSpans, type SpanRecord } from '@observability/telemetry/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Platform } from './platform.ts'
import { hotel, hotelService, hotelTables, stay } from './testing/hotel.ts'
import { porterService, porterTables } from './testing/porter.ts'
import { Town, until } from './testing/town.ts'

let town: Town
let platforms: Platform[]
let sagas: Sagas
let recorded: RecordedSpans

beforeAll(async () => {
  town = await Town.make({ hotel: hotelTables, porter: porterTables })
  platforms = await Promise.all([town.platform(['porter']), town.platform(['hotel'])])
  const [first, second] = platforms
  if (first === undefined || second === undefined) throw new Error('two processes were asked for')
  await first.serve(porterService())
  sagas = second.sagas(hotel)
  await second.serve(hotelService(sagas))
  recorded = recordSpans()
})
afterAll(async () => {
  recorded.close()
  await Promise.all(platforms.map((platform) => platform.close()))
  await town[Symbol.asyncDispose]()
})

/** A command's way to the porter and its answer's way back, as one branch of the trace. */
function roundTrip(deed: string) {
  const subject = `porter.${deed}.command.v1`
  const reply = {
    name: 'publish replies.hotel',
    service: 'porter',
    kind: 'producer' as const,
    children: [
      {
        name: 'process replies.hotel',
        service: 'hotel',
        kind: 'consumer' as const,
        links: ['publish replies.hotel'],
        children: [{ name: 'transaction', service: 'hotel' }],
      },
    ],
  }
  const obeyed = { name: 'transaction', service: 'porter', children: [reply] }
  const taken = { name: `process ${subject}`, service: 'porter', kind: 'consumer' as const, links: [`publish ${subject}`] }
  return { name: `publish ${subject}`, service: 'hotel', kind: 'producer' as const, children: [{ ...taken, children: [obeyed] }] }
}

/** Takes a guest in, inside a span of the hotel, and gives its trace once the saga has ended and every span with it. */
async function takenIn(bags: { bagsInCar: number; bagsInHall: number }): Promise<SpanRecord[]> {
  const guest = `guest-${randomUUID()}`
  const span = createTelemetry('hotel').tracing.start('take in', { kind: 'server' })
  const start = () => town.database('hotel').transaction((tx) => sagas.start(stay, { guest, ...bags }, { tx }))
  await runInContext({ requestId: guest, trace: span.trace, span }, start)
  span.end()
  await until(
    async () =>
      (await town.database('hotel').query('select how from stays where guest = $1', [guest])).length === 1 && recorded.open.length === 0,
    (hasEnded) => hasEnded,
  )
  return recorded.trace(span.trace.traceId)
}

it('one trace holds every command and reply between the services, each step beside the others, and what is taken back', async () => {
  const spans = await takenIn({ bagsInCar: 0, bagsInHall: 1 })
  const children = [
    { name: 'stay/show room', error: null, attributes: { 'saga.outcome': 'done' } },
    roundTrip('show-room'),
    { name: 'stay/carry from car', error: 'no_bags', attributes: { 'saga.outcome': 'refused' } },
    roundTrip('carry-bags'),
    { name: 'stay/show room undo', error: null, attributes: { 'saga.outcome': 'done', 'saga.status': 'compensated' } },
    roundTrip('lock-room'),
  ]
  expectTrace(spans)
    .hasNoOrphans()
    .isOf('hotel', 'porter')
    .is({ name: 'take in', children: [{ name: 'transaction', service: 'hotel', attributes: { 'saga.name': 'stay' }, children }] })
  // six on the way there and back, and the step itself
  expect(spans).toHaveLength(2 + 3 * 7)
})
