import { describe, expect, it } from 'vitest'
import { refusal, refusalsOf } from '../test/refusals-of.ts'
import { asking, orderPlaced, telling } from '../test/spoilt.ts'
import { event, z, type ContractProblem } from './index.ts'

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
