import { expectTypeOf, it } from 'vitest'
import { defineContract, earlierVersion, event, z, type EventData } from './index.ts'

const ofPot = { aggregate: 'potId', key: 'potId' } as const
const brewedV1 = event({ version: 1, ...ofPot, data: z.object({ potId: z.string(), cups: z.int() }) })
const data = z.object({ potId: z.string(), litres: z.number(), leaf: z.enum(['green', 'black']) })

it('holds what a version is made of to its data, and knows the data of each', () => {
  event({
    ...ofPot,
    version: 2,
    data,
    // @ts-expect-error: litres are missing
    previous: { event: brewedV1, upcast: ({ potId }) => ({ potId, leaf: 'black' }) },
  })
  const brewed = event({
    ...ofPot,
    version: 2,
    data,
    previous: {
      event: brewedV1,
      upcast: ({ potId, cups }) => ({ potId, litres: cups / 4, leaf: 'black' }),
      // @ts-expect-error: cups are a number
      downcast: ({ potId }) => ({ potId, cups: '' }),
    },
  })
  const { events } = defineContract({ name: 'kitchen', version: 1, operations: {}, events: { brewed } })
  const before = earlierVersion(events.brewed, brewedV1)
  expectTypeOf<EventData<typeof before>>().toEqualTypeOf<{ potId: string; cups: number }>()
  expectTypeOf<EventData<typeof events.brewed>>().toEqualTypeOf<z.output<typeof data>>()
})
