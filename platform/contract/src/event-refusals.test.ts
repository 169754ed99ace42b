import { describe, expect, it } from 'vitest'
import { refusal, refusalsOf } from '../test/refusals-of.ts'
import { asking, orderPlaced, telling } from '../test/spoilt.ts'
import { event, z, type ContractProblem } from './index.ts'

const upcast = (before: object): object => before
const lined = orderPlaced.data.extend({ lineId: z.string() })

describe('a contract is refused', () => {
  const cases: [why: string, definition: object, problem: ContractProblem][] = [
    [
      'when it emits what it does not list',
      asking({ emits: [orderPlaced] }),
      refusal('operations.ask.emits[0]', 'does not list this event', 'add it to events'),
    ],
    [
      'when it emits one event twice',
      { ...asking({ emits: [orderPlaced, orderPlaced] }), events: { orderPlaced } },
      refusal('operations.ask.emits[1]', 'listed twice', 'once'),
    ],
    [
      'when it lists one event twice',
      { events: { orderPlaced, orderTaken: orderPlaced } },
      refusal('events.orderTaken', 'first as orderPlaced', 'one name'),
    ],
    [
      'when an aggregate is no field',
      telling({ aggregate: 'nowhere' }),
      refusal('events.told.aggregate', '"nowhere" is not a required string', 'always there'),
    ],
    [
      'when an aggregate is no string',
      telling({ aggregate: 'total' }),
      refusal('events.told.aggregate', '"total" is not a required string', 'always there'),
    ],
    ['when a key may be missing', telling({ key: 'note' }), refusal('events.told.key', '"note" is not a required string', 'always there')],
    ['when the data of an event is no object', telling({ data: z.string() }), refusal('events.told.data', 'is an object', 'z.object')],
    ['when an event has no data', telling({ data: undefined }), refusal('events.told.data', 'a schema is missing', 'z.strictObject({})')],
    [
      'when an event leaves a version out',
      telling({ version: 3, previous: { event: orderPlaced, upcast } }),
      refusal('events.told.previous.event', 'version 1 does not come before version 3', 'leave none out'),
    ],
    [
      'when nothing says how messages of old are read',
      telling({ version: 2, previous: { event: orderPlaced } }),
      refusal('events.told.previous.upcast', 'how messages of old are read', 'of the other'),
    ],
    [
      'when an event changes whose history it belongs to',
      telling({ version: 2, key: 'orderId', previous: { event: { ...orderPlaced, key: 'lineId', data: lined }, upcast } }),
      refusal('events.told.previous.event.key', 'it is "lineId" in one version and "orderId"', 'keep it'),
    ],
    [
      'when an earlier version is no JSON',
      telling({ version: 2, previous: { event: { ...orderPlaced, data: orderPlaced.data.extend({ at: z.date() }) }, upcast } }),
      refusal('events.told.previous.event.data.at', 'not JSON', 'datetime'),
    ],
    ['when an event has version 0', telling({ version: 0 }), refusal('events.told.version', '0 is no version', 'from 1')],
  ]
  it.each(cases)('%s', (_why, definition, problem) => {
    expect(refusalsOf(definition)).toEqual([problem])
  })
})

describe('a contract is accepted', () => {
  it('with an event whose data has several forms, as long as each says whose history it is', () => {
    const moved = event({
      version: 1,
      aggregate: 'parcelId',
      key: 'parcelId',
      data: z.discriminatedUnion('how', [
        z.object({ how: z.literal('air'), parcelId: z.string(), flight: z.string() }),
        z.object({ how: z.literal('road'), parcelId: z.uuidv7() }),
      ]),
    })
    expect(refusalsOf({ events: { moved } })).toEqual([])
  })
})
