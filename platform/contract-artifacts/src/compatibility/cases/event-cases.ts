import { event, mutation, z } from '@ashlar/contract'
import { brewed, events, ofPot, operations, plain, type ContractChange } from './contract-change.ts'

const poured = event({ version: 1, aggregate: 'potId', key: 'potId', data: z.object({ potId: z.string() }) })

const ofPot2 = {
  ...ofPot,
  version: 2,
  data: z.object({ potId: z.string(), litres: z.number().min(-1e9).max(1e9), shelfId: z.string() }),
} as const
const upcast = ({ cups, ...pot }: z.output<typeof ofPot.data>) => ({ ...pot, litres: Math.max(-1e9, Math.min(1e9, cups / 4)) })
const downcast = ({ litres, ...pot }: z.output<typeof ofPot2.data>) => ({ ...pot, cups: Math.round(litres * 4) })
const measured = event({ ...ofPot2, previous: { event: brewed, upcast, downcast } })
const withdrawn = event({ ...ofPot2, previous: { event: brewed, upcast } })
const misread = event({ ...ofPot2, previous: { event: brewed, upcast: ({ cups, ...pot }) => ({ ...pot, litres: cups }), downcast } })
const rewritten = event({
  ...ofPot2,
  previous: {
    event: event({ ...ofPot, data: ofPot.data.omit({ shelfId: true }) }),
    upcast: (pot) => ({ ...upcast({ ...pot, shelfId: '' }) }),
    downcast: ({ potId, litres }) => ({ potId, cups: Math.round(litres * 4) }),
  },
})

/** What happens to events, and to who announces them. */
export const eventCases: Readonly<Record<string, readonly ContractChange[]>> = {
  'what is announced': [
    operations('an operation announces an event more', [{ brew: mutation(plain) }, { brew: mutation({ ...plain, emits: [brewed] }) }], {
      'brew:emits:brewed': 'minor',
    }),
    operations(
      'the only operation that announces an event stops',
      [{ brew: mutation({ ...plain, emits: [brewed] }) }, { brew: mutation(plain) }],
      {
        'brew:emits:brewed': 'breaking',
      },
    ),
    operations(
      'one of two operations that announce an event stops',
      [
        { brew: mutation({ ...plain, emits: [brewed] }), reheat: mutation({ ...plain, emits: [brewed] }) },
        { brew: mutation(plain), reheat: mutation({ ...plain, emits: [brewed] }) },
      ],
      { 'brew:emits:brewed': 'minor' },
    ),
  ],
  events: [
    events('an event is added', [{ brewed }, { brewed, poured }], { 'poured:event:added': 'minor' }),
    events('an event is removed', [{ brewed, poured }, { brewed }], { 'poured:event:removed': 'breaking' }),
    events('an event is renamed', [{ brewed }, { potBrewed: brewed }], {
      'brewed:event:removed': 'breaking',
      'potBrewed:event:added': 'minor',
    }),
    events('a version of an event is added', [{ brewed }, { brewed, brewedAgain: event({ ...ofPot, version: 2 }) }], {
      'brewedAgain:event:added': 'minor',
    }),
    events('an event is replaced by its next version', [{ brewed }, { brewed: event({ ...ofPot, version: 2 }) }], {
      'brewed:event:removed': 'breaking',
      'brewed:event:added': 'minor',
    }),
    events('an event gains a version that is read and told as the one before', [{ brewed }, { brewed: measured }], {
      'brewed:event:added': 'minor',
    }),
    events('an event is told in an earlier version no more', [{ brewed: measured }, { brewed: withdrawn }], {
      'brewed.v1:event:withdrawn': 'breaking',
    }),
    events('an event gains a version, and the one before is told no more', [{ brewed }, { brewed: withdrawn }], {
      'brewed:event:added': 'minor',
      'brewed.v1:event:withdrawn': 'breaking',
    }),
    events('an event is told in an earlier version again', [{ brewed: withdrawn }, { brewed: measured }], {
      'brewed.v1:event:announced': 'minor',
    }),
    events('an event cannot be read in an earlier version any more', [{ brewed: withdrawn }, { brewed: event({ ...ofPot2 }) }], {
      'brewed.v1:event:removed': 'breaking',
    }),
    events('what is made of messages of old is refused', [{ brewed }, { brewed: misread }], {
      'brewed:event:added': 'minor',
      'brewed.v1:event:upcast': 'breaking',
    }),
    events('what an earlier version said of itself is changed', [{ brewed }, { brewed: rewritten }], {
      'brewed:event:added': 'minor',
      'brewed.v1:event:shelfId:removed': 'breaking',
      'brewed.v1:event:downcast': 'breaking',
    }),
    events('an event is ordered by something else', [{ brewed }, { brewed: event({ ...ofPot, aggregate: 'shelfId' }) }], {
      'brewed:event:aggregate': 'breaking',
    }),
    events('an event is partitioned by something else', [{ brewed }, { brewed: event({ ...ofPot, key: 'shelfId' }) }], {
      'brewed:event:key': 'breaking',
    }),
    events('the data of an event loses a field', [{ brewed }, { brewed: event({ ...ofPot, data: ofPot.data.omit({ cups: true }) }) }], {
      'brewed:event:cups:removed': 'breaking',
    }),
    events(
      'the data of an event gains an optional field',
      [{ brewed }, { brewed: event({ ...ofPot, data: ofPot.data.extend({ strength: z.int().optional() }) }) }],
      {
        'brewed:event:strength:added': 'minor',
      },
    ),
  ],
}
