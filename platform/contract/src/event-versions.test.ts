import { describe, expect, it } from 'vitest'
import {
  announcedVersions,
  defineContract,
  earlierData,
  earlierVersion,
  event,
  EventDataInvalidError,
  eventVersions,
  readEventData,
  typesReadAs,
  z,
} from './index.ts'

const ofPot = { aggregate: 'potId', key: 'potId' } as const
const brewedV1 = event({ version: 1, ...ofPot, data: z.object({ potId: z.string(), cups: z.int() }) })
const brewedV2 = event({
  version: 2,
  ...ofPot,
  data: z.object({ potId: z.string(), litres: z.number() }),
  previous: {
    event: brewedV1,
    upcast: ({ potId, cups }) => ({ potId, litres: cups / 4 }),
    downcast: ({ potId, litres }) => ({ potId, cups: Math.round(litres * 4) }),
  },
})
const brewed = event({
  version: 3,
  ...ofPot,
  data: z.object({ potId: z.string(), volume: z.object({ amount: z.number().min(0), unit: z.enum(['litre', 'pint']) }) }),
  previous: {
    event: brewedV2,
    upcast: ({ potId, litres }) => ({ potId, volume: { amount: litres, unit: 'litre' } }),
    downcast: ({ potId, volume }) => ({ potId, litres: volume.amount }),
  },
})
const poured = event({ version: 1, ...ofPot, data: z.object({ potId: z.string() }) })
const kitchen = defineContract({ name: 'kitchen', version: 1, operations: {}, events: { brewed, poured } })
const newest = kitchen.events.brewed

describe('an event of several versions', () => {
  it('is listed in each, the newest first', () => {
    expect(eventVersions(kitchen).map(({ type }) => type)).toEqual([
      'kitchen.brewed.v3',
      'kitchen.brewed.v2',
      'kitchen.brewed.v1',
      'kitchen.poured.v1',
    ])
    expect(announcedVersions(newest).map(({ version }) => version)).toEqual([3, 2, 1])
  })

  it('reads messages of every version as its newest', () => {
    const litre = { potId: 'p', volume: { amount: 1, unit: 'litre' } }
    expect(readEventData(newest, 'kitchen.brewed.v1', { potId: 'p', cups: 4 })).toEqual(litre)
    expect(readEventData(newest, 'kitchen.brewed.v2', { potId: 'p', litres: 1 })).toEqual(litre)
    expect(readEventData(newest, 'kitchen.brewed.v3', litre)).toEqual(litre)
  })

  it('is read as an earlier one by who asks for that, and no message of a later one then', () => {
    const second = earlierVersion(newest, brewedV2)
    expect(typesReadAs(second)).toEqual(['kitchen.brewed.v2', 'kitchen.brewed.v1'])
    expect(readEventData(second, 'kitchen.brewed.v1', { potId: 'p', cups: 4 })).toEqual({ potId: 'p', litres: 1 })
    expect(() => readEventData(second, 'kitchen.brewed.v3', {})).toThrow('kitchen.brewed.v3 is not read as kitchen.brewed.v2')
    expect(() => earlierVersion(newest, poured)).toThrow('no earlier version of kitchen.brewed.v3')
  })

  it('has the history of its aggregate heard once by each reader: no later version of the event itself', () => {
    expect(newest.lineage).toEqual(['kitchen.brewed.v3', 'kitchen.brewed.v2', 'kitchen.brewed.v1', 'kitchen.poured.v1'])
    expect(earlierVersion(newest, brewedV1).lineage).toEqual(['kitchen.brewed.v1', 'kitchen.poured.v1'])
    expect(kitchen.events.poured.lineage).toContain('kitchen.brewed.v2')
  })

  it('is announced in earlier ones too, each made of the next', () => {
    const copies = earlierData(newest, { potId: 'p', volume: { amount: 0.5, unit: 'litre' } })
    expect(copies.map(({ event: { type }, data }) => [type, data])).toEqual([
      ['kitchen.brewed.v2', { potId: 'p', litres: 0.5 }],
      ['kitchen.brewed.v1', { potId: 'p', cups: 2 }],
    ])
  })

  it('is announced no further back than is said how', () => {
    const withdrawn = event({
      ...ofPot,
      version: 3,
      data: brewed.data,
      previous: { event: brewedV2, upcast: ({ potId, litres }) => ({ potId, volume: { amount: litres, unit: 'litre' } }) },
    })
    const later = defineContract({ name: 'kitchen', version: 1, operations: {}, events: { brewed: withdrawn } }).events.brewed
    expect(announcedVersions(later).map(({ version }) => version)).toEqual([3])
    expect(earlierData(later, { potId: 'p', volume: { amount: 1, unit: 'litre' } })).toEqual([])
    expect(readEventData(later, 'kitchen.brewed.v1', { potId: 'p', cups: 4 })).toMatchObject({ volume: { amount: 1 } })
  })

  it.each([
    { what: 'is none of its version', type: 'kitchen.brewed.v1', data: { potId: 'p', cups: 'four' }, said: 'no data of kitchen.brewed.v1' },
    { what: 'becomes none of the next', type: 'kitchen.brewed.v2', data: { potId: 'p', litres: -1 }, said: 'no data of kitchen.brewed.v3' },
  ])('refuses a message that $what, and quotes nothing of it', ({ type, data, said }) => {
    expect(() => readEventData(newest, type, data)).toThrow(EventDataInvalidError)
    expect(() => readEventData(newest, type, data)).toThrow(said)
  })

  it('refuses a copy about another aggregate', () => {
    const wandering = event({
      ...ofPot,
      version: 3,
      data: brewed.data,
      previous: {
        event: brewedV2,
        upcast: ({ potId, litres }) => ({ potId, volume: { amount: litres, unit: 'litre' } }),
        downcast: () => ({ potId: 'other', litres: 1 }),
      },
    })
    const odd = defineContract({ name: 'kitchen', version: 1, operations: {}, events: { brewed: wandering } }).events.brewed
    expect(() => earlierData(odd, { potId: 'p', volume: { amount: 1, unit: 'litre' } })).toThrow('is about another potId')
  })
})
