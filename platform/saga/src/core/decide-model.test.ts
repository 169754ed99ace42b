import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { ModelWorld, type ModelStep } from '../testing/model-world.ts'

const onMessages = fc.record({
  kind: fc.constantFrom('command', 'command', 'command-copy', 'command-lost', 'reply', 'reply', 'reply-copy', 'crash-on-reply'),
  pick: fc.nat(7),
})
const onItsOwn = fc.record({ kind: fc.constantFrom('timer', 'timer', 'timer', 'abort', 'resume') })
const step = fc.oneof({ weight: 4, arbitrary: onMessages }, { weight: 1, arbitrary: onItsOwn }) as fc.Arbitrary<ModelStep>
const mood = fc.nat(3).map((number) => number === 0)
const history = fc.record({
  // how many steps go well before the trouble begins, so that the late ones have their share of it
  smooth: fc.nat(4),
  events: fc.array(step, { maxLength: 80, size: 'max' }),
  moods: fc.array(mood, { maxLength: 12, size: 'max' }),
})

const steps = ['reserve-stock', 'charge', 'ship', 'commit-stock']

it('ends every saga, whatever is lost, copied, late, refused or aborted, with all done or all taken back', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(history, ({ smooth, events, moods }) => {
      const world = new ModelWorld([...Array.from({ length: smooth }, () => false), ...moods])
      for (let step = 0; step < smooth; step += 1) world.goesWell()
      for (const next of events) {
        world.step(next)
        if (world.saga.stuck !== undefined) seen.add(`${world.saga.direction} of step ${world.saga.step} ${world.saga.stuck.because}`)
      }
      world.settle()

      const { effects, times } = world.participants
      expect(world.faults).toEqual([])
      expect(world.hasEnded).toBe(true)
      expect(world.endings.filter((ending) => ending !== 'stuck')).toEqual([world.saga.status])
      expect([...times.values()].every((count) => count === 1)).toBe(true)
      const isCompleted = world.saga.status === 'completed'
      expect(steps.filter((slug) => effects.get(slug) === 'done')).toEqual(isCompleted ? steps : [])
      expect(isCompleted && (world.undoneFor.size > 0 || world.isAborting)).toBe(false)
      seen.add(world.saga.status).add([...effects.values()].join())
    }),
    { numRuns: 5_000 },
  )
  // the runs above are worth something only if they reached the corners
  const stuck = [
    'do of step 2 unanswered',
    'do of step 3 unanswered',
    'do of step 3 refused',
    'undo of step 0 unanswered',
    'undo of step 1 refused',
  ]
  for (const corner of ['completed', 'compensated', 'undone,tombstone', 'undone,undone', ...stuck]) expect(seen).toContain(corner)
})
