import { setTimeout as pause } from 'node:timers/promises'
import { defineContract, failed, subscription, tracked, z, type ContractOf } from '@ashlar/contract'
import { implement, type Implementation } from '@ashlar/rpc'

const Kettle = z.object({ degrees: z.int(), words: z.string().optional() })
const Whose = z.strictObject({ kettleId: z.string() })

/** Kettles, kept where the tea house's keys are: two subscriptions, one for customers and one for everybody. */
export const kettles = defineContract({
  name: 'teas',
  version: 1,
  operations: {
    watchKettle: subscription({
      input: Whose,
      output: Kettle,
      errors: { kettle_not_found: { status: 'NOT_FOUND', data: Whose } },
      policy: { access: 'customer' },
      hints: { timeoutMs: 1_000 },
      rest: { method: 'GET', path: '/v1/kettles/{kettleId}/changes' },
    }),
    watchRoom: subscription({
      input: z.strictObject({}),
      output: Kettle,
      policy: { access: 'open' },
      rest: { method: 'GET', path: '/v1/room' },
    }),
  },
})
export interface Kettles extends ContractOf<typeof kettles> {}

export interface KeptKettles {
  readonly implementation: Implementation
  /** Heats every kettle; at 100 degrees nothing more can be told of it. */
  heat(degrees: number): void
  /** How many follow just now. */
  watching: number
  /** How many items were taken of the endless kettle, which always has something to say, at length. */
  taken: number
}

/** Keeps kettles that all are as warm as they were heated, at position 1, 2, … */
export function keepKettles(): KeptKettles {
  const degrees = [20]
  const waiting = new Set<() => void>()
  const kept: KeptKettles = {
    watching: 0,
    taken: 0,
    heat(next) {
      degrees.push(next)
      for (const wake of waiting) wake()
    },
    implementation: implement(kettles, {
      watchKettle: async ({ kettleId }, { lastEventId, signal }) => {
        if (kettleId === 'none') return failed('kettle_not_found', { kettleId })
        return kettleId === 'endless' ? words(signal) : warmth(Number(lastEventId ?? 0), signal)
      },
      watchRoom: async (_input, { lastEventId, signal }) => warmth(Number(lastEventId ?? 0), signal),
    }),
  }
  async function* warmth(after: number, signal: AbortSignal) {
    kept.watching += 1
    try {
      for (let at = after + 1; !signal.aborted; at += 1) {
        if (degrees[at - 2] === 100) return
        while (degrees.length < at && !signal.aborted) await nextHeat(signal)
        const now = degrees[at - 1]
        if (now !== undefined) yield tracked(at, { degrees: now })
      }
    } finally {
      kept.watching -= 1
    }
  }
  async function* words(signal: AbortSignal) {
    for (let at = 1; !signal.aborted; at += 1) {
      kept.taken += 1
      await pause(0)
      yield tracked(at, { degrees: 20, words: '.'.repeat(16_384) })
    }
  }
  function nextHeat(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.add(resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
    return promise
  }
  return kept
}
