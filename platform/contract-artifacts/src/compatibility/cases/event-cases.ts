import { event, mutation, z } from '@ashlar/contract'
import { brewed, events, ofPot, operations, plain, type ContractChange } from './contract-change.ts'

const poured = event({ version: 1, aggregate: 'potId', key: 'potId', data: z.object({ potId: z.string() }) })

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
