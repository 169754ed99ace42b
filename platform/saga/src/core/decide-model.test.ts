import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ModelWorld, type ModelStep } from '../testing/model-world.ts'

const onMessages = fc.record({
  kind: fc.constantFrom('command', 'command', 'command-copy', 'command-lost', 'reply', 'reply', 'reply-copy', 'crash-on-reply'),
  pick: fc.nat(7),
})
const onItsOwn = fc.record({ kind: fc.constantFrom('timer', 'timer', 'timer', 'abort', 'resume') })
const step = fc.oneof({ weight: 4, arbitrary: onMessages }, { weight: 1, arbitrary: onItsOwn }) as fc.Arbitrary<ModelStep>
const history = fc.record({ steps: fc.array(step, { maxLength: 80 }), moods: fc.array(fc.boolean(), { maxLength: 10 }) })

const undoable = ['reserve-stock', 'charge']
const forward = ['ship', 'commit-stock']

it('ends every saga, whatever is lost, copied, late, refused or aborted, with all done or all taken back', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(history, ({ steps, moods }) => {
      const world = new ModelWorld(moods)
      for (const next of steps) world.step(next)
      if (world.saga.stuck !== undefined) seen.add('needed attention')
      world.settle()

      const { effects, times } = world.participants
      expect(world.faults).toEqual([])
      expect(world.hasEnded).toBe(true)
      expect(world.endings.filter((ending) => ending !== 'stuck')).toEqual([world.saga.status])
      expect([...times.values()].every((count) => count === 1)).toBe(true)
      if (world.saga.status === 'completed') {
        expect([...undoable, ...forward].map((slug) => effects.get(slug))).toEqual(['done', 'done', 'done', 'done'])
        expect(world.undoneFor.size).toBe(0)
      } else {
        expect([...undoable, ...forward].filter((slug) => effects.get(slug) === 'done')).toEqual([])
      }
      if (world.isAborting) expect(world.saga.status).toBe('compensated')
      seen.add(world.saga.status).add([...effects.values()].join())
    }),
    { numRuns: 5_000 },
  )
  // the runs above are worth something only if they reached the corners
  for (const corner of ['completed', 'compensated', 'needed attention', 'undone,tombstone', 'undone,undone']) expect(seen).toContain(corner)
})
